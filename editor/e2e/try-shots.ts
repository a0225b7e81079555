import type { Page } from "@playwright/test";
import { id } from "./fixtures/ids.js";
import { full, stepOf, type Shot } from "./shot.js";

const support = `/flows/${id("flow", 1)}`;

const open = (page: Page) => page.locator(".lw-try-event").click();
const choose = async (page: Page) => {
  await open(page);
  await page.locator(".lw-try-past").first().click();
};

const tryAll = async (page: Page) => {
  await choose(page);
  await page.locator(".lw-try button").nth(2).click();
  await page.waitForSelector('.react-flow__node [data-state="done"], .lw-row .lw-state');
  await page.click(stepOf("ticket"));
  await page.waitForSelector(".lw-try-wire");
};
const askForReal = async (page: Page) => {
  await tryAll(page);
  await page.click("[data-real]");
  await page.waitForSelector('[role="dialog"] .lw-try-wire');
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
    act: tryAll,
  },
  { name: "real-step", path: support, scenarios: full, act: askForReal },
  {
    name: "real-step-done",
    path: support,
    scenarios: full,
    act: async (page) => {
      await askForReal(page);
      await page.locator('[role="dialog"] button').last().click();
      await page.waitForSelector('[role="group"] a[target]');
    },
  },
  ...["unhappy", "ticket"].map((step): Shot => ({
    name: `preview-${step}`,
    path: support,
    scenarios: ["full", "empty"],
    act: async (page) => {
      await page.click(stepOf(step));
      await page.waitForSelector(".lw-preview-line > :first-child");
    },
  })),
  {
    name: "preview-events",
    path: support,
    scenarios: full,
    act: async (page) => {
      await page.click(stepOf("ticket"));
      await page.click(".lw-preview-choice");
      await page.waitForSelector(".lw-try-past");
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
