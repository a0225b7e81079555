import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { found } from "./fixtures/privacy.js";

test("somebody is found by words that stand in no address, and forgotten once it was confirmed", async ({ page }) => {
  await page.goto("/privacy");
  await page.getByLabel("Who").fill("sam.rivera@globex.example");
  const searched = page.waitForRequest((request) => request.url().endsWith("/api/privacy/search"));
  await page.getByRole("button", { name: "Find" }).click();
  expect((await searched).postDataJSON()).toEqual({ words: "sam.rivera@globex.example" });
  expect(page.url()).not.toContain("sam");
  await page.getByRole("checkbox", { name: "Choose Sam Rivera" }).check();
  await page.getByRole("checkbox", { name: /Choose Please answer/ }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Forget 2" }).click();
  const asked = page.waitForRequest(
    (request) => request.url().endsWith("/api/privacy/erasures") && request.method() === "POST",
  );
  await page.getByRole("dialog").getByRole("button", { name: "Forget" }).click();
  const [contact] = found.contacts;
  const [response] = found.responses;
  expect((await asked).postDataJSON()).toEqual({
    contactIds: [contact?.id],
    responseIds: [response?.id],
    quarantineIds: [],
  });
});

test("what somebody allows is noted purpose by purpose", async ({ page }) => {
  await page.goto("/privacy");
  await page.getByLabel("Who").fill("Sam");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: "What to do about Sam Rivera" }).click();
  await page.getByRole("menuitem", { name: "What they allow" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radiogroup", { name: "Research" }).getByText("Agrees").click();
  await dialog.getByRole("switch", { name: "Leave in peace" }).check();
  await expectAccessible(page);
  const saved = page.waitForRequest((request) => request.method() === "PUT");
  await dialog.getByRole("button", { name: "Save" }).click();
  expect((await saved).postDataJSON()).toEqual({ restricted: true, consents: ["research"], objections: [] });
});
