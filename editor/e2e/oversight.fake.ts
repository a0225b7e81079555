import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";
import { me } from "./fixtures/lists.js";

test("a tool opens with what is wrong with it, and what is said of it is saved", async ({ page }) => {
  await page.goto("/oversight");
  await page.getByRole("link", { name: "Acme Slack" }).click();
  const drawer = page.getByRole("dialog", { name: "Acme Slack" });
  await expect(drawer.getByText("Data leaves the European Economic Area")).toBeVisible();
  await expect(drawer.getByText("Sign one with the clauses for transfers")).toBeVisible();
  await expectAccessible(page);
  await drawer.getByLabel("Purpose").fill("  Tell support what to do ");
  await drawer.getByRole("combobox", { name: "Lawful basis" }).click();
  await page.getByRole("option", { name: /^\(b\)/ }).click();
  await drawer.getByRole("checkbox", { name: "Scores" }).check();
  await drawer.getByRole("checkbox", { name: "Customers" }).check();
  const saved = page.waitForRequest((request) => request.method() === "PUT");
  await drawer.getByRole("button", { name: "Save" }).click();
  expect((await saved).url()).toContain(`/api/oversight/connections/${id("connection", 1)}`);
  expect((await saved).postDataJSON()).toMatchObject({
    purpose: "Tell support what to do",
    lawfulBasis: "contract",
    dataClasses: ["contact", "verbatims", "special", "scores"],
    dataSubjects: ["customers"],
    place: "United States",
    yearlyCost: null,
    ownerId: null,
  });
  await expect(drawer).toBeHidden();
});

test("the keyboard opens a tool and leaves it where it was", async ({ page }) => {
  await page.goto("/oversight");
  const link = page.getByRole("link", { name: "Product survey" });
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Product survey" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(link).toBeFocused();
});

test("the filter stands in the address, and nonsense in it is dropped", async ({ page }) => {
  await page.goto("/oversight");
  await page.getByRole("combobox", { name: "Risk" }).click();
  await page.getByRole("option", { name: "High" }).click();
  await expect(page).toHaveURL(/band=high/);
  await expect(page.getByRole("link", { name: "Acme Slack" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Product survey" })).toHaveCount(0);
  await page.goto("/oversight?band=enormous");
  await expect(page.getByRole("link", { name: "Product survey" })).toBeVisible();
});

test("duplicates stand together, and lead to the tools", async ({ page }) => {
  await page.goto("/oversight");
  await page.getByRole("tab", { name: "Duplicates" }).click();
  await expectAccessible(page);
  await page.getByRole("article").getByRole("link", { name: "App survey" }).click();
  await expect(page.getByRole("dialog", { name: "App survey" })).toBeVisible();
});

test("who posts in vain is told apart, without their address", async ({ page }) => {
  await page.goto("/oversight?tab=senders");
  await expect(page.getByRole("row", { name: /Signed with a secret that was replaced/ })).toContainText(
    "198.51.100.0/24",
  );
  await expect(page.getByRole("row", { name: /All others of the day/ })).toContainText("9,800");
  await expectAccessible(page);
});

test("what is shown is taken along, and the record of processing", async ({ page }) => {
  await page.goto("/oversight?band=high");
  await page.getByRole("button", { name: "Export" }).click();
  const hrefs = await page.getByRole("menuitem").evaluateAll((items) => items.map((item) => item.getAttribute("href")));
  expect(hrefs).toEqual([
    "/api/oversight/record?format=html",
    "/api/oversight/record?format=json",
    "/api/oversight/export?band=high",
  ]);
});

test("it fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto("/oversight");
  await page.locator("main .lw-state-pill").first().waitFor();
  expect(await page.evaluate(() => document.querySelector("main")?.scrollWidth)).toBeLessThanOrEqual(375);
  await page.getByRole("link", { name: "Acme Slack" }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByLabel("Purpose")).toBeVisible();
  expect(await drawer.evaluate((element) => element.scrollWidth <= window.innerWidth)).toBe(true);
});

test("who may only read is offered nothing to save", async ({ page }) => {
  const permissions = me.permissions.filter((one) => one !== "oversight:manage");
  await page.route("**/api/me", (route) => route.fulfill({ json: { ...me, permissions } }));
  await page.goto(`/oversight?thing=${id("source", 1)}`);
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByLabel("Purpose")).toBeDisabled();
  await expect(drawer.getByRole("button", { name: "Save" })).toHaveCount(0);
});

test("who may not is not offered the page", async ({ page }) => {
  const permissions = me.permissions.filter((one) => !one.startsWith("oversight:"));
  await page.route("**/api/me", (route) => route.fulfill({ json: { ...me, permissions } }));
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Privacy" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Oversight" })).toHaveCount(0);
});
