import type { Page } from "@playwright/test";
import { card, cards, ways } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";

const empty = `/flows/${id("flow", 3)}`;
const rule = "NPS < 6 → support callback + R&D ticket + CRM note";
const line = (page: Page) => page.getByRole("combobox", { name: "Rule" });

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(cards(page).first()).toBeVisible();
}

test("the rule is typed, and draws a trigger, a condition and three actions in one step of undo", async ({ page }) => {
  await open(page, empty);
  await line(page).fill("NPS < 6 -> support callback + R&D ticket + CRM note");
  await expect(page.getByText("Draws 5 steps:")).toBeVisible();
  await line(page).press("Enter");
  await expect(cards(page)).toHaveCount(5);
  await expect(cards(page).last()).toBeInViewport({ ratio: 1 });
  await expect(ways(page)).toHaveCount(4);
  await expect(line(page)).toHaveValue(rule);
  await page.locator(".react-flow__pane").click({ position: { x: 30, y: 300 } });
  await page.keyboard.press("Control+z");
  await expect(cards(page)).toHaveCount(1);
});

test("a flow that is only begun is told in the reader's language", async ({ page }) => {
  await open(page, empty);
  await expect(line(page)).toHaveValue("Feedback");
});

test("an edit on the canvas rewrites the line, or says why it cannot be said", async ({ page }) => {
  await open(page, empty);
  await line(page).fill(rule);
  await line(page).press("Enter");
  await card(page, "createIssue1").click();
  await card(page, "createIssue1").press("Delete");
  await expect(line(page)).toHaveValue("NPS < 6 → support callback + CRM note");
  await page.getByRole("button", { name: "Split", exact: false }).first().click();
  await expect(page.getByText("Drawn flow, 5 steps.")).toBeVisible();
});

test("an error is underlined where it stands, with a sentence", async ({ page }) => {
  await open(page, empty);
  await line(page).fill("NPS < 6 → suport callback");
  await expect(page.locator(".lw-rule-under mark")).toHaveText("suport");
  await expect(page.getByText("Did you mean “support callback”?")).toBeVisible();
  await line(page).press("Enter");
  await expect(cards(page)).toHaveCount(1);
});

test("the underline follows a line that is longer than its box", async ({ page }) => {
  await open(page, empty);
  await page.setViewportSize({ width: 700, height: 800 });
  await line(page).fill(`${"NPS < 6 → support callback ".repeat(6)}suport`);
  await line(page).press("End");
  const scrolled = () => line(page).evaluate((element) => element.scrollLeft);
  await expect.poll(scrolled).toBeGreaterThan(0);
  const under = page.locator(".lw-rule-under");
  await expect.poll(() => under.evaluate((element) => element.scrollLeft)).toBe(await scrolled());
  await line(page).press("Home");
  await expect.poll(() => under.evaluate((element) => element.scrollLeft)).toBe(0);
});

test("what may follow is offered and taken by keys", async ({ page }) => {
  await open(page, empty);
  await line(page).fill("NPS < 6 → CR");
  await expect(page.getByRole("option", { name: "CRM note" })).toBeVisible();
  await line(page).press("Tab");
  await expect(line(page)).toHaveValue("NPS < 6 → CRM note ");
});

test("a whole rule is not covered by what could still follow: that opens on a key, or when the reader types on", async ({
  page,
}) => {
  await open(page, empty);
  const list = page.getByRole("listbox", { name: "What may follow" });
  await line(page).fill("NPS < 6 → R&D ticket");
  await expect(page.getByText("Draws 3 steps:")).toBeVisible();
  await expect(list).toBeHidden();
  await line(page).press("ArrowDown");
  await expect(page.getByRole("option", { name: "via" })).toBeVisible();
  await line(page).press("Escape");
  await expect(list).toBeHidden();
  await line(page).press("End");
  await line(page).pressSequentially(" v");
  await expect(page.getByRole("option", { name: "via" })).toBeVisible();
});

test("a name that another flow has is told below it, in a new flow and when one is renamed, and refused nowhere", async ({
  page,
}) => {
  const taken = page.getByText("Another flow has this name.");
  await page.goto("/flows");
  await page.getByRole("button", { name: "New flow" }).click();
  await page.getByRole("dialog").getByRole("button", { name: rule }).click();
  await expect(taken).toBeVisible();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Ours");
  await expect(taken).toBeHidden();
  await open(page, empty);
  await page.getByRole("textbox", { name: "Name" }).fill(rule);
  await expect(taken).toBeVisible();
});

test("below six leaves out the sixes, and a click takes them in", async ({ page }) => {
  await open(page, empty);
  await line(page).fill("NPS < 6 → CRM note");
  await page.getByRole("button", { name: "Use “Detractor (0–6)”" }).click();
  await expect(line(page)).toHaveValue("detractor (0–6) → CRM note");
});

test("a French line draws the same, with French words", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("loopwright.language", "fr"));
  await open(page, empty);
  const french = page.getByRole("combobox", { name: "Règle" });
  await french.fill("NPS < 6 → rappel support + ticket R&D + note CRM");
  await french.press("Enter");
  await expect(cards(page)).toHaveCount(5);
  await expect(card(page, "postMessage1")).toContainText("Rappeler");
});

test("a new flow is made of its rule, and is called by it", async ({ page }) => {
  await page.goto("/flows");
  await page.getByRole("button", { name: "New flow" }).click();
  await page.getByRole("dialog").getByRole("button", { name: rule }).click();
  const asked = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/flows"));
  await page.getByRole("button", { name: "Create flow" }).click();
  const body = (await asked).postDataJSON() as { name: string; draft: { nodes: unknown[] } };
  expect([body.name, body.draft.nodes.length]).toEqual([rule, 5]);
});
