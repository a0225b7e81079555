import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { me } from "./fixtures/lists.js";
import { samlSettings } from "./fixtures/people.js";
import { refusal } from "./refusal.js";

const saved = (page: Page) => page.waitForRequest((request) => request.method() === "PUT");
const SECOND = "-----BEGIN CERTIFICATE-----\nMIIC9zCCAd+gAwIBAgIR\n-----END CERTIFICATE-----";

async function open(page: Page): Promise<void> {
  await page.goto("/members");
  await page.getByRole("tab", { name: "SAML 2.0" }).click();
}

test("a SAML provider is set up by the metadata that is pasted", async ({ page }) => {
  const { provider: _, ...rest } = samlSettings;
  await page.route("**/api/saml-provider", (route) => route.fulfill({ json: { ...rest, provider: null } }));
  await open(page);
  await expect(page.getByText(samlSettings.entityId)).toBeVisible();
  await expect(page.getByText(samlSettings.acsUrl, { exact: true })).toBeVisible();
  await expect(page.getByLabel("Only by this provider")).toHaveCount(0);
  await page.getByLabel("Metadata of the provider").fill("<EntityDescriptor/>");
  await page.getByLabel("Name on the button").fill("Acme");
  await page.getByRole("combobox", { name: "E-mail domains" }).fill("acme.example");
  const asked = saved(page);
  await page.getByRole("button", { name: "Set up" }).click();
  expect((await asked).postDataJSON()).toEqual({
    ...{ metadata: "<EntityDescriptor/>", label: "Acme", domains: ["acme.example"] },
    ...{ makesMembers: false, firstRole: "viewer", exclusive: false },
  });
});

test("the next certificate is pasted below the one that ends soon", async ({ page }) => {
  await open(page);
  await expect(page.getByText("A certificate ends soon")).toBeVisible();
  await expectAccessible(page);
  const certificates = page.getByLabel("Certificates");
  await certificates.fill(`${await certificates.inputValue()}\n${SECOND}`);
  const asked = saved(page);
  await page.getByRole("button", { name: "Save" }).click();
  const body = (await asked).postDataJSON() as { certificates: string[] };
  expect(body.certificates).toEqual([samlSettings.provider?.certificates[0]?.pem.trim(), SECOND]);
  expect(body).toMatchObject({ entityId: "https://idp.acme.example/saml", domains: ["acme.example"] });
});

test("why metadata is refused is said where it was pasted", async ({ page }) => {
  await open(page);
  await page.getByText("By its metadata").click();
  await page.getByLabel("Metadata of the provider").fill("nonsense");
  await page.route("**/api/saml-provider", (route) => route.fulfill(refusal(422, "metadata_refused")));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("metadata_refused");
  await expect(page.getByLabel("Metadata of the provider")).toHaveValue("nonsense");
});

test("the button of a SAML provider leads there and back to the page that was asked for", async ({ page }) => {
  await page.route("**/api/me", (route) => route.fulfill(refusal(401, "unauthorized")));
  const providers = [
    { workspaceId: me.workspace.id, kind: "oidc", label: "Acme" },
    { workspaceId: me.workspace.id, kind: "saml", label: "Acme SAML" },
  ];
  await page.route("**/api/ways-to-sign-in", (route) =>
    route.fulfill({ json: { passwords: true, passkeys: true, providers } }),
  );
  await page.goto("/runs?state=stuck");
  await expect(page.getByRole("link", { name: "Sign in with Acme SAML" })).toHaveAttribute(
    "href",
    `/sign-in/saml/with/${me.workspace.id}?to=${encodeURIComponent("/runs?state=stuck")}`,
  );
});
