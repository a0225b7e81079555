import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { card, cards, ways } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";

const row = (page: Page, name: string | RegExp) => page.getByRole("treeitem", { name });

async function add(page: Page, step: string): Promise<void> {
  await page.getByPlaceholder("What comes here?").fill(step);
  await page.keyboard.press("Enter");
}

test("a flow is drawn in the list, by keys alone, and the canvas follows", async ({ page }) => {
  await page.goto(`/flows/${id("flow", 3)}`);
  await expect(cards(page)).toHaveCount(1);
  await page.keyboard.press("o");
  await expect(row(page, "When feedback arrives")).toBeFocused();
  await page.keyboard.press("Insert");
  await add(page, "condition");
  await expect(row(page, "If …")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(row(page, "yes Add a step")).toBeFocused();
  await page.keyboard.press("Enter");
  await add(page, "slack message");
  await expect(card(page, "postMessage1")).toHaveClass(/selected/);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  // The other way out leads to the same step: there is no new one.
  await add(page, "slack");
  await expect(ways(page)).toHaveCount(3);
  await page.keyboard.press("Home");
  await page.keyboard.press("i");
  await expect(row(page, "If …")).toBeFocused();
  await expect(card(page, "condition1")).toHaveClass(/selected/);
  await expectAccessible(page);
  await page.keyboard.press("Delete");
  await expect(cards(page)).toHaveCount(3);
  await page.keyboard.press("Control+z");
  await expect(row(page, "If …")).toBeVisible();
});

test("what is selected on the canvas is where the list stands, and Enter opens its form", async ({ page }) => {
  await page.goto(`/flows/${id("flow", 1)}`);
  await page.keyboard.press("o");
  await card(page, "ticket").click();
  await expect(row(page, /R&D ticket/)).toHaveAttribute("aria-selected", "true");
  await row(page, /R&D ticket/).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Name of the step")).toBeFocused();
});
