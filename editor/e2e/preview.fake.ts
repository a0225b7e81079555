import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { card } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";
import { me } from "./fixtures/lists.js";

const support = `/flows/${id("flow", 1)}`;
const form = (page: Page) => page.getByRole("complementary", { name: "The selected step" });
const chooser = (page: Page) => form(page).getByRole("button", { name: /^Preview with/ });

test("a text says what it becomes on a past event, as it is typed, and a field says what the event has", async ({
  page,
}) => {
  await page.goto(support);
  await card(page, "ticket").click();
  await expect(chooser(page)).toContainText("Jane Doe, 3 of 10");
  await expect(form(page)).toContainText("NPS 3: The export fails with files over 10 MB.");
  const summary = form(page).getByRole("textbox", { name: "Summary" });
  await summary.press("ControlOrMeta+a");
  await summary.pressSequentially("From {{ contact.na");
  const offered = page.getByRole("option", { name: "contact.name" });
  await expect(offered).toContainText("Jane Doe");
  await offered.click();
  await expect(form(page)).toContainText("From Jane Doe");
  await expectAccessible(page);
});

test("another event is chosen by the keyboard, is kept, and each condition says whether it holds", async ({ page }) => {
  await page.goto(support);
  await card(page, "unhappy").click();
  await expect(form(page)).toContainText("3 < 6: yes");
  await expect(form(page).getByRole("status")).toHaveText("Goes on by “yes”.");
  await chooser(page).press("Enter");
  await page.getByRole("textbox", { name: "Search the last ones" }).fill("last update");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(form(page)).toContainText("9 < 6: no");
  await expect(chooser(page)).toBeFocused();
  await page.reload();
  await card(page, "ticket").click();
  await expect(chooser(page)).toContainText("App survey, 9 of 10");
  await expect(form(page).getByRole("status")).toHaveText("It takes another way. Shown as if it came here.");
  await expect(form(page)).toContainText("NPS 9: Works well since the last update.");
});

test("nothing is said under another event's name until it is answered, and without a connection that is told", async ({
  page,
}) => {
  await page.goto(support);
  await card(page, "unhappy").click();
  await expect(form(page)).toContainText("3 < 6: yes");
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  let asked = 0;
  await page.route("**/preview", async (route) => {
    asked += 1;
    await answered;
    await route.continue();
  });
  await chooser(page).press("Enter");
  await page.getByRole("textbox", { name: "Search the last ones" }).fill("last update");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => asked).toBe(1);
  await expect(chooser(page)).toContainText("App survey, 9 of 10");
  await expect(form(page).getByRole("status")).toHaveCount(0);
  await expect(form(page)).not.toContainText("3 < 6");
  answer();
  await expect(form(page)).toContainText("9 < 6: no");
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await form(page).getByRole("textbox", { name: "Value" }).fill("10");
  await expect(form(page).getByRole("status")).toHaveText("No preview. Loopwright does not answer.");
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(form(page)).toContainText("9 < 10: yes");
});

test("whoever may not see what was said has the form without it, and a lost connection is told in the form", async ({
  page,
}) => {
  let mayRead = false;
  const permissions = () => me.permissions.filter((one) => mayRead || one !== "feedback:read");
  await page.route("**/api/me", (route) => route.fulfill({ json: { ...me, permissions: permissions() } }));
  await page.route("**/preview", (route) => route.abort());
  await page.goto(support);
  await card(page, "ticket").click();
  await expect(form(page).getByRole("textbox", { name: "Summary" })).toBeVisible();
  await expect(chooser(page)).toHaveCount(0);
  mayRead = true;
  await page.reload();
  await card(page, "ticket").click();
  await expect(form(page).getByRole("status")).toHaveText("No preview. Loopwright does not answer.");
});
