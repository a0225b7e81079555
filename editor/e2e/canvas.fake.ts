import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { card, cards, middleOf, ways } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";

const support = `/flows/${id("flow", 1)}`;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(cards(page).first()).toBeVisible();
}
const saved = (page: Page) =>
  page.waitForRequest((request) => request.method() === "PUT" && request.url().endsWith("/draft"));

test("steps are copied into another flow, with their connections; other text on the clipboard is not pasted", async ({
  page,
}) => {
  await open(page, support);
  await card(page, "unhappy").click();
  await card(page, "ticket").click({ modifiers: ["Control"] });
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(card(page, "ticket1")).toHaveClass(/selected/);
  await open(page, `/flows/${id("flow", 3)}`);
  await page.keyboard.press("Control+v");
  await expect(cards(page)).toHaveCount(3);
  await expect(ways(page)).toHaveCount(1);
  await card(page, "unhappy1").click();
  await page.getByLabel("Name of the step").press("Control+a");
  await page.getByLabel("Name of the step").press("Control+c");
  await page.locator(".react-flow__pane").click({ position: { x: 40, y: 40 } });
  await page.keyboard.press("Control+v");
  await expect(page.getByText("Nothing to paste here")).toBeVisible();
  await expect(cards(page)).toHaveCount(3);
});

test("a step is switched off and commented from its menu, and says so", async ({ page }) => {
  await open(page, support);
  await card(page, "ticket").click({ button: "right" });
  const sent = saved(page);
  await page.getByRole("menuitem", { name: "Switch off" }).click();
  await expect(card(page, "ticket")).toContainText("Off");
  expect((await sent).postDataJSON()).toMatchObject({
    draft: { nodes: expect.arrayContaining([expect.objectContaining({ id: "ticket", disabled: true })]) as unknown },
  });
  await page.keyboard.press("ContextMenu");
  await page.getByRole("menuitem", { name: "Comment" }).click();
  await expect(page.getByRole("textbox", { name: "Comment" })).toBeFocused();
  await page.keyboard.type("Until Jira is back");
  await expect(card(page, "ticket").getByRole("img", { name: "Comment: Until Jira is back" })).toBeVisible();
  await expectAccessible(page);
});

test("a note is written, and a group is named, folded and unfolded", async ({ page }) => {
  await open(page, support);
  await page.keyboard.press("Shift+N");
  await expect(page.getByLabel("Note", { exact: true })).toBeFocused();
  await page.keyboard.type("Ours");
  await page.getByRole("button", { name: "Blue" }).click();
  await card(page, "ticket").click();
  await card(page, "note").click({ modifiers: ["Control"] });
  await page.keyboard.press("Control+g");
  await page.getByLabel("Name of the group").fill("Papers");
  await expectAccessible(page);
  const before = await ways(page).count();
  const sent = saved(page);
  await page.getByRole("button", { name: "Fold into one card" }).click();
  await expect(card(page, "group:group1")).toContainText("2 steps");
  await expect(card(page, "ticket")).toHaveCount(0);
  expect(await ways(page).count()).toBe(before);
  expect((await sent).postDataJSON()).toMatchObject({
    draft: {
      notes: [{ id: "note1", text: "Ours", colour: "blue" }],
      groups: [{ id: "group1", title: "Papers", nodeIds: ["ticket", "note"], collapsed: true }],
    },
  });
  await page.getByRole("button", { name: "Unfold" }).click();
  await expect(card(page, "ticket")).toBeVisible();
});

test("a step is found by what it says, and Ctrl-K knows what can be done here", async ({ page }) => {
  await open(page, support);
  await page.keyboard.press("Control+f");
  await page.getByRole("textbox", { name: "Find a step" }).fill("rnd");
  await page.keyboard.press("Enter");
  await expect(card(page, "ticket")).toHaveClass(/selected/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Go to a page, a flow, a connection …").fill("add: wait");
  await page.keyboard.press("Enter");
  await expect(card(page, "wait1")).toBeVisible();
});

test("a step let go on a line is put in between", async ({ page }) => {
  await open(page, support);
  const before = await ways(page).count();
  await page
    .getByRole("button", { name: "Wait", exact: true })
    .dragTo(page.getByRole("button", { name: "Insert a step here" }).first(), { force: true });
  await expect(card(page, "wait1")).toBeVisible();
  await expect(ways(page)).toHaveCount(before + 1);
});

test("a step that stands by itself is dragged into a line, undone at once, and put into it by keys", async ({
  page,
}) => {
  await open(page, support);
  const before = await ways(page).count();
  const wait = card(page, "wait1");
  const line = page.getByRole("button", { name: "Insert a step here" }).first();
  await page
    .getByRole("button", { name: "Wait", exact: true })
    .dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 240, y: 60 } });
  await expect(wait).toBeVisible();
  await expect(ways(page)).toHaveCount(before);
  const [start, to] = [await middleOf(wait), await middleOf(line)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 50, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await expect(page.locator("[data-near]")).toHaveCount(1);
  await page.mouse.up();
  await expect(ways(page)).toHaveCount(before + 1);
  await expect(page.locator("[data-near]")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(ways(page)).toHaveCount(before);
  expect(await middleOf(wait)).toEqual(start);
  await wait.focus();
  await page.keyboard.press("Enter");
  await wait.focus();
  await page.keyboard.press("ContextMenu");
  await page.getByRole("menuitem", { name: "Put into …" }).press("Enter");
  await expect(page.getByRole("combobox", { name: "Between" })).toBeFocused();
  await page.keyboard.type("R&D");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Put it there" }).press("Enter");
  await expect(ways(page)).toHaveCount(before + 1);
});
