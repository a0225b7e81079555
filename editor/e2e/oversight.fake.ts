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

test("somebody asks for a tool, and says all that has to be said", async ({ page }) => {
  const permissions = me.permissions.filter((one) => !["oversight:read", "oversight:manage"].includes(one));
  await page.route("**/api/me", (route) => route.fulfill({ json: { ...me, permissions } }));
  await page.goto("/oversight");
  await expect(page.getByRole("tab")).toHaveText(["Requests"]);
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await page.getByRole("button", { name: "Ask for a tool" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Tool").fill("Kiosk");
  await dialog.getByLabel("Purpose").fill("Ask at the door");
  await dialog.getByRole("combobox", { name: "Lawful basis" }).click();
  await page.getByRole("option", { name: /^\(a\)/ }).click();
  await dialog.getByLabel("Why it is needed").fill("Paper is slow");
  await dialog.getByRole("button", { name: "Ask" }).click();
  await expect(dialog.getByText("Choose at least one.")).toHaveCount(2);
  await expectAccessible(page);
  await dialog.getByRole("checkbox", { name: "Scores" }).check();
  await dialog.getByRole("checkbox", { name: "Customers" }).check();
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/requests"));
  await dialog.getByRole("button", { name: "Ask" }).click();
  expect((await sent).postDataJSON()).toEqual({
    ...{ kind: "source", name: "Kiosk", purpose: "Ask at the door", why: "Paper is slow" },
    ...{ lawfulBasis: "consent", dataClasses: ["scores"], dataSubjects: ["customers"] },
  });
});

test("a request is declined with a reason, and nobody decides on their own", async ({ page }) => {
  await page.goto("/oversight?tab=requests");
  await expectAccessible(page);
  const own = page.getByRole("article", { name: "Chat survey" });
  await expect(own.getByText("You asked for this yourself")).toBeVisible();
  await expect(own.getByRole("button")).toHaveCount(0);
  const article = page.getByRole("article", { name: "Store kiosks" });
  await article.getByRole("button", { name: "Decline" }).click();
  await page.getByRole("dialog").getByLabel("Why not").fill("Later");
  const sent = page.waitForRequest((request) => request.url().endsWith("/decline"));
  await page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
  expect((await sent).postDataJSON()).toEqual({ reason: "Later" });
});

test("what was approved is linked to what was made of it", async ({ page }) => {
  await page.goto("/oversight?tab=requests");
  const article = page.getByRole("article", { name: "App reviews" });
  await article.getByRole("combobox", { name: "What was made of it" }).click();
  await page.getByRole("option", { name: "App survey" }).click();
  const sent = page.waitForRequest((request) => request.url().endsWith("/link"));
  await article.getByRole("button", { name: "Link" }).click();
  expect((await sent).postDataJSON()).toEqual({ thingId: id("source", 2) });
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
