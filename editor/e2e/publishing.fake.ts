import type { Page, Route } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { card } from "./canvas-hand.js";
import { flows } from "./fixtures/flows.js";
import { id } from "./fixtures/ids.js";
import { testResults } from "./fixtures/tries.js";

const support = `/flows/${id("flow", 1)}`;
const dialog = (page: Page) => page.getByRole("dialog");

/** Notes what is sent to be published. */
async function published(page: Page): Promise<unknown[]> {
  const sent: unknown[] = [];
  await page.route("**/api/flows/*/publish", (route) => {
    sent.push(route.request().postDataJSON());
    return route.fulfill({ json: { version: 4, versionId: id("event", 4) } });
  });
  return sent;
}

test("what changes is told before it is published, and a note goes with it by the keyboard alone", async ({ page }) => {
  const sent = await published(page);
  await page.goto(support);
  await card(page, "note").click();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Publish changes" }).press("Enter");
  await expect(dialog(page).getByRole("listitem")).toContainText(["Removed: CRM note"]);
  await expect(dialog(page).getByText("leaves out the sixes")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type("No more notes");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Version 4 is live.").getByRole("link")).toHaveAttribute(
    "href",
    /^\/(sources\/|runs\?flowId=)/,
  );
  await expect(dialog(page)).toHaveCount(0);
  expect(sent).toMatchObject([{ note: "No more notes" }]);
});

test("the first publication says so and compares with nothing", async ({ page }) => {
  const sent = await published(page);
  const never = { ...flows[0], state: "draft", version: null, unpublishedChanges: false };
  await page.route(`**${support}`, (route) =>
    route.request().url().includes("/api/") ? route.fulfill({ json: never }) : route.continue(),
  );
  await page.goto(support);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(dialog(page).getByText("This flow was never published.")).toBeVisible();
  await expect(dialog(page).getByRole("listitem")).toHaveCount(0);
  await dialog(page).getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Version 4 is live.")).toBeVisible();
  expect(sent).toMatchObject([{ revision: 7 }]);
  expect(sent[0]).not.toHaveProperty("note");
});

test("what is missing is told in place of the dialog, before a note is written", async ({ page }) => {
  const problems = [
    { nodeId: null, field: null, code: "no_trigger", message: "Add a trigger.", params: {} },
    { nodeId: "call", field: "input.subject", code: "required", message: "This is needed.", params: {} },
  ];
  const sent = await published(page);
  await page.route("**/api/flows/*/check", (route) =>
    route.fulfill({ json: { problems, warnings: [], fourEyes: "off" } }),
  );
  await page.goto(`/flows/${id("flow", 4)}`);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(dialog(page).getByText("2 things are missing before it can go live")).toBeVisible();
  await expect(dialog(page).getByText("Add a trigger.")).toBeVisible();
  await expect(dialog(page).getByLabel("Note")).toHaveCount(0);
  expect(sent).toEqual([]);
  await dialog(page).getByRole("button", { name: "Subject: This is needed." }).click();
  await expect(page.getByRole("textbox", { name: "Subject" })).toBeFocused();
});

test("a test that fails keeps a flow from being published until somebody says why that is right", async ({ page }) => {
  const sent: unknown[] = [];
  await page.route("**/api/flows/*/publish", (route) => {
    sent.push(route.request().postDataJSON());
    return sent.length > 1 ? route.fulfill({ json: { version: 4, versionId: id("event", 4) } }) : refuse(route);
  });
  await page.goto(support);
  await card(page, "note").click();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Publish changes" }).click();
  await expect(dialog(page).getByLabel("Note")).toBeFocused();
  await page.keyboard.type("No more notes");
  await page.keyboard.press("Control+Enter");
  const failed = page.getByRole("dialog", { name: "1 test of this flow fails" });
  await expect(failed).toContainText("Step R&D ticket: Summary was “NPS 3: the export fails” is “The export fails”");
  await expect(failed.getByRole("button", { name: "Publish all the same" })).toBeDisabled();
  await expectAccessible(page);
  await failed.getByLabel("Why it is published all the same").fill("Shorter on purpose");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Version 4 is live.")).toBeVisible();
  expect(sent).toMatchObject([
    { note: "No more notes" },
    { note: "No more notes", overrideReason: "Shorter on purpose", overrideTests: [testResults[0]?.id] },
  ]);
});

const refuse = (route: Route) =>
  route.fulfill({
    status: 422,
    contentType: "application/problem+json",
    json: {
      ...{ type: "about:blank", title: "Unprocessable Entity", status: 422, code: "flow_tests_failed" },
      ...{ detail: "1 test fails.", tests: [testResults[0]] },
    },
  });
