import { test as base } from "@playwright/test";
import type { Page } from "@playwright/test";
import { startFakeApi } from "./fake-api.js";
import type { FakeApi, Scenario } from "./fake-api.js";

interface Given {
  readonly scenario: Scenario;
  readonly api: FakeApi;
}

/** A page of the built editor over the fake API. Anything that the console calls an error fails the test. */
export const test = base.extend<Given>({
  scenario: ["full", { option: true }],
  api: async ({ scenario }, give) => {
    const api = await startFakeApi(scenario);
    await give(api);
    await api.close();
  },
  baseURL: async ({ api }, give) => {
    await give(api.url);
  },
  page: async ({ page }, give) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("Failed to load resource"))
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await give(page);
    base.expect(complaints).toEqual([]);
  },
});
export const { expect } = test;

export const card = (page: Page, nodeId: string) => page.locator(`.react-flow__node[data-id="${nodeId}"]`);
export const port = (page: Page, nodeId: string, output: string) =>
  card(page, nodeId).locator(`.react-flow__handle[data-handleid="${output}"]`);
export const wayIn = (page: Page, nodeId: string) => card(page, nodeId).locator(".react-flow__handle.target");
export const ways = (page: Page) => page.locator(".react-flow__edge");
export const cards = (page: Page) => page.locator(".react-flow__node");

type Place = { readonly x: number; readonly y: number };

async function middleOf(page: Page, selector: ReturnType<typeof port>): Promise<Place> {
  const box = await selector.boundingBox();
  if (!box) throw new Error("It is not on the page.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a line from a port to a place or to another port, as a hand does: in small steps. */
export async function draw(
  page: Page,
  from: ReturnType<typeof port>,
  to: ReturnType<typeof port> | Place,
): Promise<void> {
  const start = await middleOf(page, from);
  const end = "x" in to ? to : await middleOf(page, to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
}
