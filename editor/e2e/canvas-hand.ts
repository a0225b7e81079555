import type { Page } from "@playwright/test";

export const card = (page: Page, nodeId: string) => page.locator(`.react-flow__node[data-id="${nodeId}"]`);
export const port = (page: Page, nodeId: string, output: string) =>
  card(page, nodeId).locator(`.react-flow__handle[data-handleid="${output}"]`);
export const wayIn = (page: Page, nodeId: string) => card(page, nodeId).locator(".react-flow__handle.target");
export const ways = (page: Page) => page.locator(".react-flow__edge");
export const cards = (page: Page) => page.locator(".react-flow__node");

type Place = { readonly x: number; readonly y: number };

export async function middleOf(place: ReturnType<typeof port>): Promise<Place> {
  const box = await place.boundingBox();
  if (!box) throw new Error("It is not on the page.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a line from a port to a place or to another port, as a hand does: in small steps. */
export async function draw(
  page: Page,
  from: ReturnType<typeof port>,
  to: ReturnType<typeof port> | Place,
): Promise<void> {
  const start = await middleOf(from);
  const end = "x" in to ? to : await middleOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
}
