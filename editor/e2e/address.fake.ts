import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { account } from "./fixtures/people.js";
import { refusal } from "./refusal.js";

test("where an admin gives addresses, one's own is shown, and only the name is saved", async ({ page }) => {
  await page.route("**/api/account", (route) =>
    route.request().method() === "GET"
      ? route.fulfill({ json: { ...account, mayChangeEmail: false } })
      : route.fallback(),
  );
  await page.goto("/account");
  await expect(page.getByLabel("E-mail")).not.toBeEditable();
  await expect(page.getByText("An admin changes it")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Ines");
  const saved = page.waitForRequest((request) => request.method() === "PATCH");
  await page.getByRole("button", { name: "Save" }).click();
  expect((await saved).postDataJSON()).toEqual({ name: "Ines" });
});

test("an admin gives a member another address, and reads why it is refused", async ({ page }) => {
  let isTaken = true;
  await page.route("**/api/members/*", (route) =>
    isTaken ? route.fulfill(refusal(409, "email_taken")) : route.fallback(),
  );
  await page.goto("/members");
  await page.getByRole("button", { name: "What to do about Mara Lindqvist" }).click();
  await page.getByRole("menuitem", { name: "Change address" }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel("E-mail");
  await expect(field).toHaveValue("mara.lindqvist@acme.example");
  await expectAccessible(page);
  await field.fill("mara@acme.example");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toBeVisible();
  isTaken = false;
  const saved = page.waitForRequest((request) => request.method() === "PATCH");
  await dialog.getByRole("button", { name: "Save" }).click();
  expect((await saved).postDataJSON()).toEqual({ email: "mara@acme.example" });
  await expect(dialog).toHaveCount(0);
});
