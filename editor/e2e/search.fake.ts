import { expect, test } from "./fake-page.js";

test("what people said is searched as one types, and the address does not say for what", async ({ page }) => {
  await page.goto("/feedback");
  const box = page.getByRole("searchbox", { name: "Search what people said" });
  await box.fill("export");
  await expect(page.getByRole("list", { name: "Feedback" }).getByRole("listitem")).toHaveCount(1);
  await expect(page.getByText("The export fails every Monday morning")).toBeVisible();
  await box.fill("walrus");
  await expect(page.getByText("Nobody said “walrus”")).toBeVisible();
  expect(page.url()).not.toContain("walrus");
  await box.fill("");
  await expect(page.getByText("Support answered within minutes")).toBeVisible();
});
