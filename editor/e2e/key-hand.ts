import type { Locator, Page } from "@playwright/test";
import { expect } from "./fake-page.js";

/** More than the stops of any page before its end. */
const MOST_STOPS = 120;

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** An outline or a ring; a field's stands around the field, as its border. */
const showsFocus = (target: Locator) =>
  target.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const isRinged = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    return isRinged || element.matches("input, textarea, [contenteditable=true], [role=slider]");
  });

/** Presses Tab (or Shift-Tab) until this has the focus, and sees that a reader would see it. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < MOST_STOPS && !(await hasFocus(target)); stops += 1) await page.keyboard.press(key);
  await expect(target).toBeFocused();
  expect(await showsFocus(target), "the focus is seen").toBe(true);
}

/** Goes there by Tab and presses it. */
export async function pressAt(page: Page, target: Locator, by: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await tabTo(page, target, by);
  await page.keyboard.press("Enter");
}

/** `g r` and its like; the second key counts only soon after the first, which a busy machine may miss. */
export async function goBy(page: Page, keys: readonly [string, string], address: RegExp): Promise<void> {
  await expect(async () => {
    for (const key of keys) await page.keyboard.press(key);
    await expect(page).toHaveURL(address, { timeout: 2_000 });
  }).toPass();
}
