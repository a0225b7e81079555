import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { me } from "./fixtures/lists.js";

test("while links are the only way in, each page says so and leads to a password", async ({ page }) => {
  let onlyByLink = true;
  await page.route("**/api/me", (route) => route.fulfill({ json: { ...me, onlyByLink } }));
  await page.goto("/runs");
  const banner = page.getByText("admins sign in only by links");
  await expect(banner).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Feedback" }).click();
  await expect(page.getByRole("heading", { name: "Feedback" })).toBeVisible();
  await expect(banner).toBeVisible();
  await page.getByRole("link", { name: "Set a password" }).click();
  await expect(page.getByRole("heading", { name: "My account" })).toBeVisible();
  onlyByLink = false;
  await page.getByLabel("Current password").fill("four rusty bicycles");
  await page.getByLabel("New password").fill("seven quiet lighthouses");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(banner).toHaveCount(0);
});
