import type { Page } from "@playwright/test";
import { id } from "./fixtures/ids.js";
import type { Shot } from "./shot.js";

const support = `/flows/${id("flow", 1)}`;
const full = ["full"] as const;

const open = (page: Page) => page.locator(".lw-try-event").click();
const choose = async (page: Page) => {
  await open(page);
  await page.locator(".lw-try-past").first().click();
};

/** A flow that is tried. */
export const tryShots: readonly Shot[] = [
  { name: "try-events", path: support, scenarios: full, act: open },
  {
    name: "try-made-up",
    path: support,
    scenarios: full,
    act: async (page) => {
      await open(page);
      await page.getByRole("tab").nth(1).click();
    },
  },
  {
    name: "try-tests",
    path: support,
    scenarios: ["full", "empty"],
    act: async (page) => {
      await page.locator(".lw-try button").last().click();
      const run = page.locator('[role="dialog"] button[data-run]');
      await page.waitForSelector('[role="dialog"] p');
      if (await run.isVisible()) await run.click();
    },
  },
  {
    name: "try-all",
    path: support,
    scenarios: full,
    act: async (page) => {
      await choose(page);
      await page.locator(".lw-try button").nth(2).click();
      await page.waitForSelector('.react-flow__node [data-state="done"], .lw-row .lw-state');
      await page.click(':is(.react-flow__node[data-id="ticket"], .lw-row[data-key="step:ticket"])');
      await page.waitForSelector(".lw-try-wire");
    },
  },
  {
    name: "try-outline",
    path: support,
    scenarios: full,
    act: async (page) => {
      if (!(await page.locator("[role=tree]").isVisible())) await page.keyboard.press("o");
      await choose(page);
      await page.locator(".lw-try button").nth(2).click();
      await page.waitForSelector(".lw-row .lw-state");
    },
  },
];
