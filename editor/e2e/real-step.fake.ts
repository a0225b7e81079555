import type { Page, Route } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { card } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";
import { aTry } from "./fixtures/tries.js";

const support = `/flows/${id("flow", 1)}`;
const strip = (page: Page) => page.getByRole("region", { name: "Try it" });
const panel = (page: Page) => page.getByRole("complementary", { name: "Try it" });
const dialog = (page: Page) => page.getByRole("dialog", { name: "Do this step for real?" });

async function tried(page: Page, node: string): Promise<void> {
  await page.goto(support);
  await strip(page)
    .getByRole("button", { name: /^Try with/ })
    .click();
  await page.locator(".lw-try-past").first().click();
  await strip(page).getByRole("button", { name: "All" }).click();
  await card(page, node).click();
  await expect(panel(page)).toBeVisible();
}
const open = (page: Page) => panel(page).getByRole("button", { name: "Do this step for real…" }).click();

test("a step is done for real once its dialog named the system, and its answer is pinned with a link to what was made", async ({
  page,
}) => {
  await tried(page, "ticket");
  await open(page);
  await expect(dialog(page)).toContainText("(acme.atlassian.net)");
  await expect(dialog(page)).toContainText("It is not undone");
  await expect(dialog(page).getByLabel("The request that would be sent")).toContainText("POST https://jira.example");
  await expect(dialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page);
  const asked = page.waitForRequest("**/real-steps");
  const again = page.waitForRequest("**/try");
  await dialog(page).getByRole("button", { name: "Create the issue in Jira" }).click();
  expect((await asked).postDataJSON()).toMatchObject({
    ...{ nodeId: "ticket", revision: 7, event: { kind: "past" }, key: expect.stringMatching(/^[0-9a-f]{32}$/) },
    shown: { url: expect.stringContaining("jira.example"), input: { project: "RND" } },
  });
  expect((await again).postDataJSON()).toMatchObject({ pins: { ticket: { kind: "done", output: { key: "RND-90" } } } });
  const done = panel(page).getByRole("group", { name: "Done for real" });
  await expect(done.getByRole("link", { name: "Open in Jira" })).toHaveAttribute("href", /browse\/RND-90$/);
  await expect(done.getByRole("link", { name: "Open its run" })).toBeVisible();
  await expect(strip(page)).toContainText("Only what was done for real was sent");
  await expect(strip(page)).not.toContainText("nothing is sent");
});

test("a refusal stands in the dialog, and a second click there is the same deed", async ({ page }) => {
  const keys: unknown[] = [];
  await page.route("**/real-steps", (route) => {
    keys.push((route.request().postDataJSON() as { key: string }).key);
    return route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      json: { type: "about:blank", title: "Conflict", status: 409, code: "step_changed", detail: "Changed." },
    });
  });
  await tried(page, "ticket");
  await open(page);
  const button = dialog(page).getByRole("button", { name: "Create the issue in Jira" });
  await button.click();
  await expect(dialog(page).getByRole("alert")).toContainText("Changed.");
  await button.click();
  await expect.poll(() => keys.length).toBe(2);
  expect(new Set(keys).size).toBe(1);
});

test("its dialog stays until an answer is there, and one that was lost is asked for by the same key", async ({
  page,
}) => {
  const keys: unknown[] = [];
  const held: Route[] = [];
  await page.route("**/real-steps", (route) => {
    keys.push((route.request().postDataJSON() as { key: string }).key);
    return keys.length > 1 ? route.fulfill(usedBefore) : void held.push(route);
  });
  await tried(page, "ticket");
  await open(page);
  const button = dialog(page).getByRole("button", { name: "Create the issue in Jira" });
  await button.click();
  await expect.poll(() => keys.length).toBe(1);
  await page.keyboard.press("Escape");
  await expect(dialog(page).getByRole("button", { name: "Cancel" })).toBeDisabled();
  await held[0]?.abort();
  await expect(dialog(page).getByRole("alert")).toContainText("Check that it is running");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await open(page);
  await button.click();
  await expect(dialog(page).getByRole("link", { name: "Open its run" })).toHaveAttribute("href", /runs/);
  await button.click();
  await expect.poll(() => keys.length).toBe(3);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

const usedBefore = {
  status: 409,
  contentType: "application/problem+json",
  json: {
    ...{ type: "about:blank", title: "Conflict", status: 409, code: "step_key_used" },
    ...{ detail: "It was done before.", runId: id("run", 90) },
  },
};

test("a step that reads a made-up answer says what to pin, and one behind an approval that nobody was asked", async ({
  page,
}) => {
  let effects = aTry.effects.map((effect) => ({ ...effect, examples: ["note"] }));
  await page.route("**/try", (route) => route.fulfill({ json: { ...aTry, effects } }));
  await tried(page, "ticket");
  const button = panel(page).getByRole("button", { name: "Do this step for real…" });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/“CRM note” would answer.* Pin what that step answers/);
  effects = aTry.effects.map((effect) => ({ ...effect, approvals: ["note"] }));
  await tried(page, "ticket");
  await open(page);
  await expect(dialog(page)).toContainText("Nobody was asked at “CRM note”");
});
