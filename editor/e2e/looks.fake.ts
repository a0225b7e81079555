import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";
import { pauseSlack } from "./pause-slack.js";

test("the lines of a table are as fine as the edge of its card", async ({ page }) => {
  await page.goto("/flows");
  const row = page.locator(".lw-card tbody tr").first();
  await expect(row).toBeVisible();
  const line = await row.evaluate((element) => getComputedStyle(element).borderBottomColor);
  const edge = await page
    .locator(".lw-card")
    .first()
    .evaluate((element) => getComputedStyle(element).borderTopColor);
  expect(line).toBe(edge);
});

test("who looks for a person is not told that it is required", async ({ page }) => {
  await page.goto("/privacy");
  await expect(page.getByRole("search")).toContainText("Who");
  await expect(page.getByRole("search")).not.toContainText("*");
});

test("the command palette leads to one's own account", async ({ page }) => {
  await page.goto("/flows");
  await expect(page.getByRole("heading", { name: "Flows" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Go to a page").fill("account");
  await page.getByRole("button", { name: "My account" }).click();
  await expect(page).toHaveURL(/\/account$/);
});

test("a paused connection says who paused it, and when", async ({ page }) => {
  await pauseSlack(page);
  await page.goto(`/connections/${id("connection", 1)}`);
  await expect(page.getByText("Paused by Mara Lindqvist, 2 hr ago. What needs it waits")).toBeVisible();
  await page.goto("/connections");
  await expect(page.getByText("Paused by Mara Lindqvist")).toBeVisible();
});

for (const width of [1_280, 1_100]) {
  test(`the form covers no selected step where the window is ${String(width)} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`/flows/${id("flow", 1)}`);
    const step = page.locator(".react-flow__node").last();
    await step.click();
    const form = page.getByRole("complementary", { name: "The selected step" });
    await expect(form).toBeVisible();
    await expect(async () => {
      const [card, cover] = [await step.boundingBox(), await form.boundingBox()];
      expect((card?.x ?? 0) + (card?.width ?? 0)).toBeLessThanOrEqual(cover?.x ?? 0);
    }).toPass();
  });
}

test.describe("when the API fails", () => {
  test.use({ scenario: "error" });
  for (const path of ["/feedback", "/account", "/connections"]) {
    test(`${path} says so on a card`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole("alert")).toHaveCSS("border-top-width", "1px");
    });
  }
});
