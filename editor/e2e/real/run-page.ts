import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { card } from "../canvas-hand.js";

/** A run of the list, by its flow and by who said it. */
export const runRow = (page: Page, flow: string, who: string): Locator =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: flow }).filter({ hasText: who });

export const runState = (page: Page): Locator => page.getByRole("main").locator("header .lw-state");

export async function openRun(page: Page, flow: string, who: string): Promise<void> {
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await runRow(page, flow, who).getByRole("link").click();
  const side = page.getByRole("complementary", { name: "The run at the side" });
  await side.getByRole("heading", { level: 2 }).getByRole("link").click();
  await expect(card(page, "feedback")).toBeVisible();
}

export interface Done {
  /** As its card is called. */
  readonly title: string;
  readonly system: string;
  /** What its request said. */
  readonly sent: string | RegExp;
}

/** The step is done, and shows what was sent, how often it was tried, and a link that leads to the thing itself. */
export async function expectDone(page: Page, nodeId: string, { title, system, sent }: Done): Promise<void> {
  await expect(card(page, nodeId).locator("[data-state]").first()).toHaveAttribute("data-state", "done");
  await card(page, nodeId).click();
  const panel = page.getByRole("complementary", { name: title });
  await expect(panel.getByText("What was sent")).toBeVisible();
  await expect(panel.getByText(sent).first()).toBeVisible();
  await expect(panel.getByText("1 try", { exact: true })).toBeVisible();
  await expect(panel.getByText("What later steps can use")).toBeVisible();
  const link = panel.getByRole("link", { name: `Open in ${system}` });
  const there = await page.request.get((await link.getAttribute("href")) ?? "");
  expect(there.status(), `${system} knows ${there.url()}`).toBe(200);
}

/** Counts how often the page was loaded: what changes while this stands still changed live. */
export function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("load", () => (loads += 1));
  return () => loads;
}
