import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { found } from "./fixtures/privacy.js";
import { retention } from "./fixtures/retention.js";

test("somebody is found by words that stand in no address, and forgotten once it was confirmed", async ({ page }) => {
  await page.goto("/privacy");
  await expect(page.getByText("A source asks to forget somebody who is known elsewhere too")).toBeVisible();
  await page.getByLabel("Who").fill("sam.rivera@globex.example");
  const searched = page.waitForRequest((request) => request.url().endsWith("/api/privacy/search"));
  await page.getByRole("button", { name: "Find" }).click();
  expect((await searched).postDataJSON()).toEqual({ words: "sam.rivera@globex.example" });
  expect(page.url()).not.toContain("sam");
  await page.getByRole("checkbox", { name: "Choose Sam Rivera" }).check();
  await page.getByRole("checkbox", { name: /Choose Please answer/ }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Forget 2 entries" }).click();
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

test("what would go is looked at before limits are saved; an empty field is for ever", async ({ page }) => {
  await page.goto("/privacy");
  const limits = page.getByRole("region", { name: "How long things are kept" });
  const [product, store] = retention.known;
  await expect(limits.getByRole("button", { name: "See what would go" })).toBeDisabled();
  await limits.getByRole("checkbox", { name: "Product survey has limits of its own" }).press("Space");
  await limits.getByLabel("Days that words of Product survey are kept").fill("30");
  await limits.getByLabel("Days that words of Every other source are kept").fill("");
  await expect(limits.getByRole("button", { name: "Delete what is older" })).toHaveCount(0);
  const looked = page.waitForRequest((request) => request.url().endsWith("/retention/outlook"));
  await limits.getByRole("button", { name: "See what would go" }).press("Enter");
  const wanted = {
    general: { contentDays: null, responseDays: null },
    sources: [
      { ...retention.sources[0], sourceId: store?.id },
      { sourceId: product?.id, contentDays: 30, responseDays: null },
    ],
  };
  expect((await looked).postDataJSON()).toEqual(wanted);
  await expect(limits.getByRole("status")).toContainText("Product survey: the words of 1204, 310 whole");
  await expect(limits.getByRole("status")).toContainText("Store survey: nothing, because a legal hold stands on it");
  await expectAccessible(page);
  // Another number is another outlook.
  await limits.getByLabel("Days that words of Product survey are kept").fill("31");
  await expect(limits.getByRole("status")).toHaveCount(0);
  await limits.getByRole("button", { name: "See what would go" }).click();
  const saved = page.waitForRequest((request) => request.method() === "PUT");
  await limits.getByRole("button", { name: "Delete what is older" }).click();
  expect((await saved).postDataJSON()).toMatchObject({ sources: [{}, { contentDays: 31 }] });
});

test("a hold is placed on a source or a person with its reason, and lifted once that was confirmed", async ({
  page,
}) => {
  await page.goto("/privacy");
  await expect(page.getByText("A legal hold stops this")).toBeVisible();
  await page.getByRole("button", { name: "Place a hold" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "On what" }).click();
  await page.getByRole("option", { name: "Store survey" }).click();
  await dialog.getByLabel("Reason").fill("A claim");
  await expectAccessible(page);
  const placed = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/holds"));
  await dialog.getByRole("button", { name: "Place a hold" }).click();
  expect((await placed).postDataJSON()).toEqual({
    about: { kind: "source", id: retention.known[1]?.id },
    reason: "A claim",
  });
  await page.getByRole("button", { name: "Lift the hold on Store survey" }).click();
  const lifted = page.waitForRequest((request) => request.url().endsWith("/lift"));
  await page.getByRole("dialog").getByRole("button", { name: "Lift" }).click();
  await lifted;

  await page.getByLabel("Who").fill("Sam");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: "What to do about Sam Rivera" }).click();
  await page.getByRole("menuitem", { name: "Place a legal hold" }).click();
  await page.getByRole("dialog", { name: "Hold Sam Rivera" }).getByLabel("Reason").fill("Their lawyer wrote");
  const person = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/holds"));
  await page.getByRole("dialog").getByRole("button", { name: "Place a hold" }).click();
  expect((await person).postDataJSON()).toMatchObject({ about: { kind: "contact", id: found.contacts[0]?.id } });
});

test("two contacts are merged once the other was found and looked at, and parted again", async ({ page }) => {
  const [sam, still] = found.contacts;
  await page.goto("/privacy");
  await page.getByLabel("Who").fill("Sam");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: "What to do about Sam Rivera" }).click();
  await page.getByRole("menuitem", { name: "Merge with another contact" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Merge" })).toBeDisabled();
  await dialog.getByLabel("The other one").fill("Sam Still");
  await dialog.getByLabel("The other one").press("Enter");
  await dialog.getByRole("radio", { name: "Sam Still" }).press("Space");
  await expect(dialog.getByText("4 responses in all")).toBeVisible();
  await expectAccessible(page);
  const merged = page.waitForRequest((request) => request.url().endsWith(`/contacts/${sam?.id ?? ""}/merge`));
  await dialog.getByRole("button", { name: "Merge" }).click();
  expect((await merged).postDataJSON()).toEqual({ contactId: still?.id });
  await expect(dialog).toHaveCount(0);

  await page.getByRole("button", { name: "Part from S. Rivera" }).click();
  const parted = page.waitForRequest((request) => request.url().endsWith(`/contacts/${sam?.id ?? ""}/unmerge`));
  await page.getByRole("dialog").getByRole("button", { name: "Part", exact: true }).click();
  expect((await parted).postDataJSON()).toEqual({ contactId: sam?.merged[0]?.id });
});
