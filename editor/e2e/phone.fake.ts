import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { shots } from "./shots.js";

const phone = { width: 375, height: 812 };
const paths = new Set(shots.filter(({ act, scenarios }) => !act && scenarios.includes("full")).map(({ path }) => path));

/** What goes beyond the screen, except what is meant to be moved sideways by a finger. */
const beyond = (page: Page) =>
  page.evaluate(() => {
    const moved = ".react-flow, .cm-scroller, .mantine-Tabs-list, .mantine-SegmentedControl-root, .lw-rule-under";
    const wide = ".mantine-TableScrollContainer-scrollContainer";
    const isMoved = (element: Element) =>
      element.closest(moved) !== null || (element.closest(wide) !== null && element.closest(".lw-list") === null);
    return [...document.querySelectorAll(".lw-shell *")]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !isMoved(element))
      .map((element) => element.outerHTML.slice(0, 120));
  });

test.use({ viewport: phone });

for (const language of ["en", "fr"]) {
  for (const path of paths) {
    test(`${path} fits a phone in ${language}`, async ({ page }) => {
      await page.addInitScript((chosen) => localStorage.setItem("loopwright.language", chosen), language);
      await page.goto(path);
      await page.locator("main :is(h1, .lw-row, .lw-empty)").first().waitFor();
      await page.waitForLoadState("load");
      await expect(page.locator(".mantine-Skeleton-root")).toHaveCount(0);
      expect(await beyond(page)).toEqual([]);
      expect(await page.evaluate(() => document.querySelector("main")?.scrollWidth)).toBeLessThanOrEqual(phone.width);
    });
  }
}

test("on a phone the pages stand behind a button, which goes away with the choice", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Open the pages" }).click();
  const pages = page.getByRole("dialog").getByRole("navigation", { name: "Pages" });
  await expect(pages.getByRole("link", { name: "Members" })).toBeVisible();
  await expectAccessible(page);
  await pages.getByRole("link", { name: "Runs" }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("on a phone each cell of a list says the words of its column", async ({ page }) => {
  await page.goto("/sources");
  const cell = page.locator("tbody td").nth(2);
  await expect(cell).toBeVisible();
  const words = await cell.evaluate((element) => getComputedStyle(element, "::before").content);
  expect(words).toBe('"Responses"');
});
