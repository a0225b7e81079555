import type { Page } from "@playwright/test";
import { codeSchema, signInSchema } from "../../server/members/account-api.js";
import { createTokenSchema } from "../../server/members/token-api.js";
import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { me } from "./fixtures/lists.js";
import { account, memberLink, oidcSettings, secondFactor, sessions } from "./fixtures/people.js";
import { refusal } from "./refusal.js";

test("an invitation shows its link once", async ({ page }) => {
  await page.goto("/members");
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Loopwright sends no mail");
  await dialog.getByLabel("Name").fill("Chloé Bernard");
  await dialog.getByLabel("E-mail").fill("chloe.bernard@acme.example");
  await dialog.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await expect(dialog).toContainText("but not who said what");
  const asked = page.waitForRequest((request) => request.method() === "POST");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  expect((await asked).postDataJSON()).toEqual({
    name: "Chloé Bernard",
    email: "chloe.bernard@acme.example",
    role: "viewer",
  });
  await expect(dialog).toContainText(memberLink.url);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText(memberLink.url)).toHaveCount(0);
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(dialog.getByLabel("Name")).toHaveValue("");
});

test("nobody changes their own role by a slip", async ({ page }) => {
  const changes: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") changes.push(request.url());
  });
  await page.goto("/members");
  const own = page.getByRole("combobox", { name: "Role of Ines Moreau" });
  await own.click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await expect(page.getByRole("dialog")).toContainText("Only another admin can make you an admin again");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(own).toHaveValue("Admin");
  expect(changes).toEqual([]);
  await own.click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await page.getByRole("button", { name: "Change your own role" }).click();
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  expect(changes).toHaveLength(1);
});

test("the provider is changed without the secret that is stored, and unlinked from a member", async ({ page }) => {
  await page.goto("/members");
  await expect(page.getByText(oidcSettings.redirectUri)).toBeVisible();
  await page.getByLabel("Name on the button").fill("Acme SSO");
  const saved = page.waitForRequest((request) => request.method() === "PUT");
  await page.getByRole("button", { name: "Save" }).click();
  expect((await saved).postDataJSON()).toEqual({ ...oidcSettings.provider, label: "Acme SSO" });
  await expectAccessible(page);
  await page.getByRole("button", { name: "What to do about Tomasz Zieliński" }).click();
  await page.getByRole("menuitem", { name: "Unlink from the provider" }).click();
  const unlinked = page.waitForRequest((request) => request.method() === "DELETE");
  await page.getByRole("dialog").getByRole("button", { name: "Unlink from the provider" }).click();
  expect((await unlinked).url()).toMatch(/\/api\/members\/[^/]+\/provider-link$/);
});

test("the provider's button leads back to the page that was asked for", async ({ page }) => {
  await page.route("**/api/me", (route) => route.fulfill(refusal(401, "unauthorized")));
  await page.goto("/runs?state=stuck");
  await expect(page.getByRole("link", { name: "Sign in with Acme" })).toHaveAttribute(
    "href",
    `/sign-in/with/${me.workspace.id}?to=${encodeURIComponent("/runs?state=stuck")}`,
  );
  await expect(page.getByLabel("E-mail")).toBeVisible();
  const only = {
    passwords: false,
    passkeys: false,
    providers: [{ workspaceId: me.workspace.id, kind: "oidc", label: "Acme" }],
  };
  await page.route("**/api/ways-to-sign-in", (route) => route.fulfill({ json: only }));
  await page.reload();
  await expect(page.getByRole("link", { name: "Sign in with Acme" })).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveCount(0);
});

test("who is put out is asked about first", async ({ page }) => {
  await page.goto("/members");
  await page.getByRole("button", { name: "What to do about Mara Lindqvist" }).click();
  await page.getByRole("menuitem", { name: "Put out" }).click();
  const asked = page.waitForRequest((request) => request.method() === "PATCH");
  await page.getByRole("dialog").getByRole("button", { name: "Put out" }).click();
  expect((await asked).postDataJSON()).toEqual({ active: false });
});

async function listensToSignIn(page: Page): Promise<void> {
  let isIn = false;
  await page.route("**/api/me", (route) => (isIn ? route.fallback() : route.fulfill(refusal(401, "unauthorized"))));
  await page.route("**/api/sign-in", async (route) => {
    const { password, code } = signInSchema.parse(route.request().postDataJSON());
    if (password !== "right") return route.fulfill(refusal(401, "sign_in_refused"));
    if (code === undefined) return route.fulfill(refusal(401, "code_needed"));
    isIn = code === "123456";
    return route.fulfill(isIn ? { json: {} } : refusal(401, "sign_in_refused"));
  });
}

test("the code is asked for once the password was right", async ({ page }) => {
  await listensToSignIn(page);
  await page.goto("/runs");
  const code = page.getByLabel("Code");
  await page.getByLabel("E-mail").fill("ines.moreau@acme.example");
  await page.getByRole("textbox", { name: "Password" }).fill("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(code).toHaveCount(0);
  await page.getByRole("textbox", { name: "Password" }).fill("right");
  await page.keyboard.press("Enter");
  await expect(code).toBeFocused();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  await code.fill("123 456");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
});

for (const scheme of ["light", "dark"] as const) {
  test(`signing in is accessible in ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await listensToSignIn(page);
    await page.goto("/");
    await page.getByLabel("E-mail").fill("ines.moreau@acme.example");
    await page.getByRole("textbox", { name: "Password" }).fill("right");
    await page.keyboard.press("Enter");
    await page.getByLabel("Code").waitFor();
    await expectAccessible(page);
  });
}

test("a session that one ends is gone from the list", async ({ page }) => {
  const ended = new Set<string>();
  await page.route("**/api/account/sessions**", (route) => {
    if (route.request().method() === "DELETE") ended.add(route.request().url().split("/").at(-1) ?? "");
    const items = sessions.filter(({ id }) => !ended.has(id));
    return route.fulfill({ json: route.request().method() === "GET" ? { items } : {} });
  });
  await page.goto("/account");
  const rows = page.locator("section").filter({ hasText: "Where you are signed in" }).locator("tbody tr");
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "This one" }).getByRole("button")).toHaveCount(0);
  await rows.filter({ hasText: "Sign-in link" }).getByRole("button", { name: "End" }).click();
  await expect(rows).toHaveCount(2);
  expect([...ended]).toEqual([sessions[2]?.id]);
});

test("the second factor is on once a code of it was right", async ({ page }) => {
  let isOn = false;
  await page.route("**/api/account", (route) => route.fulfill({ json: { ...account, hasSecondFactor: isOn } }));
  await page.route("**/api/account/second-factor/confirm", (route) => {
    isOn = codeSchema.parse(route.request().postDataJSON()).code === "123456";
    return route.fulfill(isOn ? { json: { ...account, hasSecondFactor: true } } : refusal(422, "code_refused"));
  });
  await page.goto("/account");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("img", { name: /The key as a picture/ })).toBeVisible();
  await expect(page.getByText(secondFactor.secret)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Code").fill("000000");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("Code").fill("123456");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("button", { name: "Turn off" })).toBeVisible();
});

test("who has no e-mail address is told to give one before a password", async ({ page }) => {
  await page.route("**/api/account", (route) =>
    route.fulfill({ json: { ...account, email: null, hasPassword: false } }),
  );
  await page.goto("/account");
  await expect(page.getByText("Give your e-mail address above first")).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveCount(0);
});

test("a token is made of single permissions and limited to a flow", async ({ page }) => {
  await page.goto("/settings");
  await expect(page.getByRole("row", { name: /Nightly export/ })).toContainText("Only 1 flow");
  await expect(page.getByRole("row", { name: /Terraform/ })).toContainText("Asleep");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Dashboard");
  await dialog.getByRole("combobox", { name: "May do" }).click();
  await page.getByRole("option", { name: "Single permissions" }).click();
  await dialog.getByRole("combobox", { name: "Permissions" }).click();
  await page.getByRole("option", { name: "Read runs" }).click();
  await page.keyboard.press("Tab");
  await dialog.getByRole("combobox", { name: "Only these flows" }).click();
  await page.getByRole("option").first().click();
  await page.keyboard.press("Tab");
  await expectAccessible(page);
  const asked = page.waitForRequest((request) => request.method() === "POST");
  await dialog.getByRole("button", { name: "Create token" }).click();
  expect(createTokenSchema.parse((await asked).postDataJSON())).toMatchObject({
    permissions: ["runs:read"],
    flowIds: [expect.any(String)],
    sourceIds: null,
    expiresInDays: 90,
  });
  await expect(dialog).toContainText("shown only once");
});

test("only admins are led to the members", async ({ page }) => {
  const permissions = me.permissions.filter((permission) => permission !== "members:manage");
  await page.route("**/api/me", (route) => route.fulfill({ json: { ...me, permissions } }));
  await page.goto("/runs");
  await expect(page.getByRole("link", { name: "Settings" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Members" })).toHaveCount(0);
});
