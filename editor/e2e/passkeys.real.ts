import type { CDPSession, Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { expect, test as realTest } from "./real/real-product.js";

/** Passkeys belong to a name: at an IP address browsers know none. */
const test = realTest.extend({ host: "localhost" });

const { step } = test;

/** Chromium's own authenticator: its cryptography is real, only the finger is not. */
async function virtualAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Admin/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Loopwright" })).toBeVisible();
}

test("a passkey is added, signs in by itself, and signs nobody in once it is removed", async ({ page, product }) => {
  await page.goto(product.signInUrl);
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  const { cdp, authenticatorId } = await virtualAuthenticator(page);
  const isVerified = (isUserVerified: boolean) =>
    cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });

  await step("the account page has the browser make one", async () => {
    await page.goto(`${product.url}/account`);
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByRole("textbox", { name: "Name" }).last().fill("Laptop");
    await page.getByRole("button", { name: "Make it" }).click();
    await expect(page.getByRole("textbox", { name: "Name of Laptop" })).toBeVisible();
    const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
    expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: "localhost" }]);
    await expectAccessible(page);
  });

  await step("it signs in, without an address, a password or a code", async () => {
    await signOut(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
    await page.goto(`${product.url}/account`);
    await expect(page.getByRole("row", { name: /Passkey.*This one/ })).toBeVisible();
  });

  await step("whoever is not verified by the device is told, and not signed in", async () => {
    await signOut(page);
    await isVerified(false);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page.getByText("No passkey was chosen in time")).toBeVisible();
    await isVerified(true);
  });

  await step("removed, it signs nobody in", async () => {
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
    await page.goto(`${product.url}/account`);
    await page
      .getByRole("row", { name: /Laptop/ })
      .getByRole("button", { name: "Remove" })
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove passkey" }).click();
    await expect(page.getByText("No passkey yet")).toBeVisible();
    await signOut(page);
    const refused = page.waitForResponse((response) => response.url().endsWith("/api/sign-in/passkey"));
    await page.getByRole("button", { name: "Use a passkey" }).click();
    expect((await refused).status()).toBe(401);
    await expect(page.getByText("This passkey signs nobody in here")).toBeVisible();
  });
});
