import type { Page } from "@playwright/test";
import { flows } from "./fixtures/flows.js";
import { id } from "./fixtures/ids.js";
import { full, stepOf, type Shot } from "./shot.js";

/** A flow that somebody starts by hand, with a form. */
async function called(page: Page): Promise<void> {
  const fields = [
    { name: "reason", title: "Reason", type: "string", required: true },
    { name: "whom", title: "Whom it is about", type: "contact", required: false },
    { name: "urgent", title: "Urgent", type: "boolean", required: false },
  ];
  const flow = { ...flows[0], start: { kind: "call", fields } };
  await page.route(`**/api/flows/${id("flow", 1)}`, (route) => route.fulfill({ json: flow }));
  await page.reload();
}

/** What starts a flow without feedback, and the tour. */
export const startShots: readonly Shot[] = [
  {
    name: "tour",
    path: `/runs/${id("run", 1)}`,
    scenarios: full,
    act: async (page) => {
      const menu = page.locator(".lw-phone-bar button").first();
      if (await menu.isVisible()) await menu.click();
      await page.locator(".lw-tour-pill:visible").click();
    },
  },
  {
    name: "starts-form",
    path: `/flows/${id("flow", 1)}`,
    scenarios: full,
    act: async (page) => {
      await called(page);
      await page.getByRole("button", { name: /^(Run now|Lancer)/ }).click();
      await page.waitForSelector('[role="dialog"] form');
    },
  },
  {
    name: "starts-schedule",
    path: `/flows/${id("flow", 3)}`,
    scenarios: full,
    act: async (page) => {
      await page.click(stepOf("feedback"));
      await page.locator(".lw-inspector [role=combobox], .lw-inspector input[aria-haspopup=listbox]").first().click();
      await page.getByRole("option").nth(1).click();
    },
  },
];
