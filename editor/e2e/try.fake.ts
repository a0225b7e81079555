import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { card } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";
import { happyTry } from "./fixtures/tries.js";

const support = `/flows/${id("flow", 1)}`;
const strip = (page: Page) => page.getByRole("region", { name: "Try it" });
const panel = (page: Page) => page.getByRole("complementary", { name: "Try it" });
const step = (page: Page) => strip(page).getByRole("button", { name: "Step" });

async function chooseFirst(page: Page): Promise<void> {
  await page.goto(support);
  await strip(page)
    .getByRole("button", { name: /^Try with/ })
    .press("Enter");
  await page.getByRole("textbox", { name: "Search the last ones" }).fill("10 MB");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(strip(page)).toContainText("NPS 3, “The export fails with files over 10 MB.”");
}

test("a past event is chosen by the keyboard and tried step by step on the canvas, and nothing is sent", async ({
  page,
}) => {
  await chooseFirst(page);
  await expect(strip(page)).toContainText("nothing is sent");
  await step(page).press("Enter");
  await expect(card(page, "feedback").locator("[data-state=done]")).toBeVisible();
  await expect(card(page, "ticket").locator("[data-state=done]")).toHaveCount(0);
  await step(page).click();
  await expect(strip(page)).toContainText(/2 of \d+ steps/);
  await expect(panel(page)).toContainText("Score");
  await strip(page).getByRole("button", { name: "All" }).click();
  await expect(card(page, "ticket").locator("[data-state=done]")).toBeVisible();
  await expect(strip(page)).toContainText("Ends: followed up");
  await expect(step(page)).toBeDisabled();
});

test("a step that was tried shows what came in and the request that it would send, and its form is one click away", async ({
  page,
}) => {
  await chooseFirst(page);
  await strip(page).getByRole("button", { name: "All" }).click();
  await card(page, "ticket").click();
  await expect(panel(page)).toContainText("What came in");
  await expect(panel(page).getByLabel("The request that would be sent")).toContainText("POST https://jira.example");
  await expect(panel(page).getByLabel("The request that would be sent")).toContainText("Bearer (secret)");
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "Settings of this step" }).click();
  await expect(page.getByRole("complementary", { name: "The selected step" })).toBeVisible();
});

test("a pinned answer is sent with the next try, and a change of the flow makes the try stale", async ({ page }) => {
  await chooseFirst(page);
  await strip(page).getByRole("button", { name: "All" }).click();
  await card(page, "ticket").click();
  await panel(page).getByRole("button", { name: "Pin its answer" }).click();
  await panel(page).getByRole("combobox", { name: "Pin its answer" }).click();
  await page.getByRole("option", { name: "Fails, with" }).click();
  const asked = page.waitForRequest("**/try");
  await panel(page).getByRole("button", { name: "Pin and try again" }).click();
  expect((await asked).postDataJSON()).toMatchObject({ pins: { ticket: { kind: "failed", code: "rejected" } } });
  await card(page, "note").click();
  await page.keyboard.press("Delete");
  await expect(strip(page)).toContainText("The flow was changed since");
  await expect(card(page, "ticket").locator("[data-state=done]")).toHaveCount(0);
});

test("an event that does not start the flow says why", async ({ page }) => {
  const when = { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] };
  const whyNot = { kind: "condition", when, read: { "feedback.score": 9 } };
  await page.route("**/try", (route) => route.fulfill({ json: { ...happyTry, whyNot, path: [], steps: [] } }));
  await chooseFirst(page);
  await step(page).click();
  await expect(strip(page)).toContainText("It starts if the score is at most 6. Here: Score 9.");
});

test("the tests of a flow are run on what is drawn, and say what is not as it was", async ({ page }) => {
  await page.goto(support);
  await strip(page).getByRole("button", { name: "Tests" }).click();
  const tests = page.getByRole("dialog", { name: "Tests" });
  await expect(tests).toContainText("A detractor with a bug");
  const asked = page.waitForRequest(/\/tests\/run$/);
  await tests.getByRole("button", { name: "Run all" }).click();
  expect((await asked).postDataJSON()).toMatchObject({ draft: { schemaVersion: 1 } });
  await expect(tests).toContainText("Step R&D ticket: Summary was “NPS 3: the export fails” is “The export fails”");
  await expect(tests.getByText("Fails", { exact: true })).toHaveCount(1);
  await expect(tests.getByText("Holds", { exact: true })).toHaveCount(1);
  await expectAccessible(page);
});

test("a try that came to its end is saved as a test, under a name", async ({ page }) => {
  await chooseFirst(page);
  await expect(strip(page).getByRole("button", { name: "Save as a test" })).toHaveCount(0);
  await strip(page).getByRole("button", { name: "All" }).click();
  await strip(page).getByRole("button", { name: "Save as a test" }).press("Enter");
  const form = page.getByRole("dialog");
  await expect(form.getByLabel("Name")).toBeFocused();
  await expect(form.getByRole("button", { name: "Save as a test" })).toBeDisabled();
  await expectAccessible(page);
  await page.keyboard.type("A detractor with a bug");
  const asked = page.waitForRequest(/\/tests$/);
  await page.keyboard.press("Enter");
  expect((await asked).postDataJSON()).toMatchObject({
    ...{ name: "A detractor with a bug", event: { kind: "past" }, pins: {} },
    draft: { schemaVersion: 1 },
  });
  await expect(form).toHaveCount(0);
  await expect(page.getByText("A detractor with a bug", { exact: false }).first()).toBeVisible();
});
