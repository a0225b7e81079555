import type { Page } from "@playwright/test";
import { id } from "./fixtures/ids.js";
import { always, full, stepOf, type Shot } from "./shot.js";
import { tryShots } from "./try-shots.js";
import { versionShots } from "./version-shots.js";

/** The first of the rules to begin with, in the reader's language. */
const typeRule = async (page: Page, where: string) => {
  await page.locator(`${where} .lw-rule-examples button`).first().click();
  await page.waitForSelector(".lw-rule-preview");
};

const isList = (page: Page) => page.locator("[role=tree]").isVisible();

/** A group, a step that is off, one with a comment, and a note; then the menu of a step. */
async function drawAround(page: Page): Promise<void> {
  const press = (keys: string) => page.keyboard.press(keys);
  await page.waitForSelector(stepOf("ticket"));
  if (await isList(page)) return;
  await page.click(stepOf("ticket"));
  await press("Shift+S");
  await page.click(stepOf("note"), { modifiers: ["Control"] });
  await press("Control+G");
  await press("Shift+N");
  await page.click(stepOf("unhappy"), { button: "right" });
}

/** Two others have the flow open, and one of them edits it. */
async function lookOn(page: Page): Promise<void> {
  const people = [
    { memberId: id("person", 2), name: "Maya Chen", isEditing: true },
    { memberId: id("person", 3), name: "Jonas Weber", isEditing: false },
  ];
  const pen = { holder: "other", name: "Maya Chen", isActive: true };
  await page.route("**/presence/*", (route) => route.fulfill({ json: { draftRevision: 0, others: people, pen } }));
  await page.reload();
  await page.waitForSelector(".lw-pen-line");
  await page.click(stepOf("ticket"));
}

/** Flows: their list, one of them in every state, its versions, and what to begin with. */
export const flowShots: readonly Shot[] = [
  { name: "flows", path: "/flows", scenarios: always },
  { name: "flow", path: `/flows/${id("flow", 1)}`, scenarios: full },
  {
    name: "flow-action",
    path: `/flows/${id("flow", 1)}`,
    scenarios: full,
    act: async (page) => {
      await page.click(stepOf("ticket"));
      await page.waitForSelector(".cm-content");
    },
  },
  {
    name: "flow-condition",
    path: `/flows/${id("flow", 1)}`,
    scenarios: full,
    act: (page) => page.click(stepOf("unhappy")),
  },
  {
    name: "flow-trigger",
    path: `/flows/${id("flow", 1)}`,
    scenarios: full,
    act: (page) => page.click(stepOf("feedback")),
  },
  {
    name: "flow-approval",
    path: `/flows/${id("flow", 4)}`,
    scenarios: full,
    act: async (page) => {
      await page.click(stepOf("askManager"));
      await page.waitForSelector(".cm-content");
    },
  },
  {
    name: "flow-problems",
    path: `/flows/${id("flow", 4)}`,
    scenarios: full,
    act: (page) => page.click(".lw-problem-count"),
  },
  {
    name: "flow-insert",
    path: `/flows/${id("flow", 1)}`,
    scenarios: full,
    act: (page) => page.locator(".lw-way-add, .lw-row[data-kind=open]").first().click({ force: true }),
  },
  {
    name: "flow-outline",
    path: `/flows/${id("flow", 2)}`,
    scenarios: full,
    act: async (page) => {
      await page.waitForSelector(stepOf("askManager"));
      if (await isList(page)) return;
      await page.keyboard.press("o");
      await page.locator(".lw-row").nth(1).click();
    },
  },
  {
    name: "flow-around",
    path: `/flows/${id("flow", 1)}`,
    scenarios: full,
    act: drawAround,
  },
  {
    name: "flow-line",
    path: `/flows/${id("flow", 3)}`,
    scenarios: full,
    act: (page) => typeRule(page, "main"),
  },
  {
    name: "flow-line-wrong",
    path: `/flows/${id("flow", 3)}`,
    scenarios: full,
    act: (page) => page.fill('main [role="combobox"]', "NPS < 6 → suport"),
  },
  {
    name: "flow-line-offers",
    path: `/flows/${id("flow", 3)}`,
    scenarios: full,
    act: async (page) => {
      await page.fill('main [role="combobox"]', "NPS < 6 → ");
      await page.waitForSelector('.lw-rule-offers [role="option"]');
    },
  },
  {
    name: "flows-new",
    path: "/flows",
    scenarios: full,
    act: (page) => page.locator(".lw-page-actions button").last().click(),
  },
  {
    name: "flows-new-line",
    path: "/flows",
    scenarios: full,
    act: async (page) => {
      await page.locator(".lw-page-actions button").last().click();
      await typeRule(page, '[role="dialog"]');
    },
  },
  { name: "flow-looking-on", path: `/flows/${id("flow", 1)}`, scenarios: full, act: lookOn },
  { name: "flow-new", path: `/flows/${id("flow", 3)}`, scenarios: full },
  { name: "templates", path: "/templates", scenarios: full },
  { name: "templates-none", path: "/templates?words=unicorn", scenarios: full },
  { name: "template-one", path: "/templates/churn-risk", scenarios: ["full", "empty"] },
  ...tryShots,
  ...versionShots,
];
