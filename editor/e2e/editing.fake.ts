import type { Page } from "@playwright/test";
import { card, cards, draw, port, wayIn, ways } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";

const empty = `/flows/${id("flow", 3)}`;
const support = `/flows/${id("flow", 1)}`;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(cards(page).first()).toBeVisible();
}

test("a step is added by a click, after the one that is selected", async ({ page }) => {
  await open(page, empty);
  await page.getByRole("button", { name: "Condition" }).click();
  await page.getByRole("button", { name: "Slack message" }).click();
  await expect(cards(page)).toHaveCount(3);
  await expect(ways(page)).toHaveCount(2);
  await expect(card(page, "postMessage1")).toBeInViewport();
});

test("a step is added by typing into the palette, without a mouse", async ({ page }) => {
  await open(page, empty);
  await page.keyboard.press("/");
  await page.keyboard.type("jira issue");
  await page.keyboard.press("Enter");
  await expect(card(page, "createIssue1")).toBeVisible();
  await expect(ways(page)).toHaveCount(1);
});

test("a step is dragged to its place", async ({ page }) => {
  await open(page, empty);
  await page
    .getByRole("button", { name: "Ask for approval" })
    .dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 420, y: 560 } });
  await expect(card(page, "approval1")).toBeVisible();
  await expect(ways(page)).toHaveCount(0);
});

test("lines are drawn where they make sense, and nowhere else", async ({ page }) => {
  await open(page, support);
  const before = await ways(page).count();
  await draw(page, port(page, "unhappy", "no"), wayIn(page, "done"));
  await expect(ways(page)).toHaveCount(before + 1);
  await draw(page, port(page, "ticket", "next"), wayIn(page, "unhappy"));
  await expect(ways(page)).toHaveCount(before + 1);
});

test("a line let go over nothing offers what could stand there", async ({ page }) => {
  await open(page, empty);
  await draw(page, port(page, "feedback", "next"), { x: 1200, y: 620 });
  await page.getByPlaceholder("What comes here?").fill("wait");
  await page.keyboard.press("Enter");
  await expect(card(page, "wait1")).toBeVisible();
  await expect(ways(page)).toHaveCount(1);
});

test("a step is put between two others", async ({ page }) => {
  await open(page, support);
  const before = await ways(page).count();
  await page.getByRole("button", { name: "Insert a step here" }).first().click({ force: true });
  await page.getByPlaceholder("What comes here?").fill("set values");
  await page.keyboard.press("Enter");
  await expect(card(page, "set1")).toBeVisible();
  await expect(ways(page)).toHaveCount(before + 1);
});

test("what was deleted comes back, and goes again", async ({ page }) => {
  await open(page, support);
  const [steps, lines] = [await cards(page).count(), await ways(page).count()];
  await card(page, "ticket").click();
  await card(page, "ticket").press("Delete");
  await expect(cards(page)).toHaveCount(steps - 1);
  await page.keyboard.press("Control+z");
  await expect(cards(page)).toHaveCount(steps);
  await expect(ways(page)).toHaveCount(lines);
  await page.keyboard.press("Control+Shift+z");
  await expect(cards(page)).toHaveCount(steps - 1);
});

test("a text completes the fields that exist there", async ({ page }) => {
  await open(page, empty);
  await page.getByRole("button", { name: "Slack message" }).click();
  const text = page.locator(".lw-code .cm-content").first();
  await text.click();
  await page.keyboard.type("Hello {{ cont");
  const option = page.getByRole("option", { name: "contact.name" });
  // A list that opened this very moment takes no press, so that nobody chooses from it by accident.
  await expect(async () => {
    if (await option.isVisible()) await option.click();
    await expect(text).toHaveText('Hello {{ contact.name | default: "" }}', { timeout: 2_000 });
  }).toPass();
});

test("a condition says itself, and offers the sixes", async ({ page }) => {
  await open(page, support);
  await card(page, "unhappy").click();
  await expect(page.locator(".lw-inspector-sentence")).toHaveText("If the score is below 6");
  await page.getByRole("button", { name: "Use “Detractor (0–6)”" }).click();
  await expect(page.locator(".lw-inspector-sentence")).toContainText("detractor (0–6)");
});

test("every change is saved after a moment", async ({ page }) => {
  await open(page, support);
  await card(page, "ticket").click();
  const saved = page.waitForRequest((request) => request.method() === "PUT" && request.url().endsWith("/draft"));
  await page.getByLabel("Name of the step").fill("Ticket for R&D");
  await saved;
  await expect(page.getByText("Draft saved")).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish changes" })).toBeEnabled();
});

test("without a network the draft is kept here and comes back after a reload", async ({ page }) => {
  await open(page, support);
  await page.route("**/draft", (route) => route.abort());
  await card(page, "ticket").click();
  await page.getByLabel("Name of the step").fill("Kept here");
  await expect(page.getByText("Offline, kept in this browser")).toBeVisible();
  await page.reload();
  await expect(card(page, "ticket")).toContainText("Kept here");
});

test("a draft that was also saved elsewhere is never overwritten silently", async ({ page }) => {
  const problem = {
    type: "about:blank",
    title: "Conflict",
    status: 409,
    code: "draft_conflict",
    detail: "Somebody saved.",
  };
  await open(page, support);
  await page.route("**/draft", (route) => route.fulfill({ status: 409, json: problem }));
  await card(page, "ticket").click();
  await page.getByLabel("Name of the step").fill("Mine");
  await expect(page.getByRole("dialog", { name: "This draft was also changed elsewhere" })).toBeVisible();
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect(card(page, "ticket")).toContainText("R&D ticket");
  await page.locator(".react-flow__pane").click({ position: { x: 40, y: 40 } });
  await page.keyboard.press("Control+z");
  await expect(card(page, "ticket")).toContainText("Mine");
});

test("a problem leads to its step and field", async ({ page }) => {
  await open(page, `/flows/${id("flow", 4)}`);
  await page.getByRole("button", { name: "4 problems" }).click();
  await page.getByRole("button", { name: "Question: Fill this in." }).click();
  await expect(card(page, "askManager")).toHaveClass(/selected/);
  await expect(page.locator('[data-field="title"] .cm-content')).toBeFocused();
});
