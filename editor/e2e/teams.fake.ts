import { expect, test } from "./fake-page.js";

test("a team is made of people and of the part that they see", async ({ page }) => {
  await page.goto("/members");
  await expect(page.getByRole("row", { name: /Product surveys.*2 flows, 1 source.*2 members/ })).toBeVisible();
  await page.getByRole("button", { name: "New team" }).click();
  const dialog = page.getByRole("dialog", { name: "New team" });
  await dialog.getByLabel("Name").fill("Call centre");
  await dialog.getByRole("combobox", { name: "Members" }).click();
  await page.getByRole("option").first().click();
  // Past the flows, each list opens as one comes to it.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.getByRole("option", { name: "Product survey" }).click();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Add a condition" }).click();
  await dialog.getByLabel("Attribute").fill("account.region");
  await dialog.getByLabel("Is one of").fill("EMEA");
  await page.keyboard.press("Enter");
  await dialog.getByRole("combobox", { name: "Accounts" }).click();
  await page.getByRole("option", { name: "Northwind Holding" }).click();
  await page.keyboard.press("Tab");
  await expect(dialog.getByText("Northwind Holding, with Northwind Traders, Northwind Paris")).toBeVisible();
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/teams"));
  await dialog.getByRole("button", { name: "Save team" }).click();
  expect((await sent).postDataJSON()).toMatchObject({
    name: "Call centre",
    flowIds: null,
    sourceIds: [expect.any(String)],
    connectionIds: null,
    memberIds: [expect.any(String)],
    segment: [{ field: "account.region", oneOf: ["EMEA"] }],
    accountIds: [expect.any(String)],
  });
  await expect(dialog).toBeHidden();
});

test("accounts are pasted as a table, and put below one another", async ({ page }) => {
  await page.goto("/members");
  await page.getByRole("button", { name: "Import accounts" }).click();
  const dialog = page.getByRole("dialog", { name: "Import accounts" });
  const button = dialog.getByRole("button", { name: "Import accounts" });
  await dialog.getByLabel("Table or JSON").fill("nothing");
  await expect(dialog.getByText("This is neither a table")).toBeVisible();
  await expect(button).toBeDisabled();
  await dialog.getByLabel("Table or JSON").fill("name;parent\nShop;Holding\nHolding;");
  const sent = page.waitForRequest((request) => request.url().endsWith("/api/accounts/import"));
  await button.click();
  expect((await sent).postDataJSON()).toEqual({
    accounts: [
      { name: "Shop", parent: "Holding" },
      { name: "Holding", parent: null },
    ],
  });
  await expect(dialog).toBeHidden();
  await page.getByRole("combobox", { name: "Globex stands below" }).click();
  const placed = page.waitForRequest((request) => request.method() === "PUT");
  await page.getByRole("option", { name: "Northwind Paris" }).click();
  expect((await placed).postDataJSON()).toEqual({ parentId: expect.any(String) });
});
