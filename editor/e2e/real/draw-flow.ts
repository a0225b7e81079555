import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { card, draw, port, wayIn, ways } from "../canvas-hand.js";

export interface Greeting {
  readonly name: string;
  readonly channel: string;
  readonly text: string;
}

/** Draws "feedback arrives → Slack message" by hand and publishes it. */
export async function drawAndPublish(page: Page, { name, channel, text }: Greeting): Promise<void> {
  await page.getByRole("link", { name: "Flows", exact: true }).click();
  await page.getByRole("button", { name: "New flow" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create flow" }).click();
  await expect(card(page, "feedback")).toBeVisible();
  // Clear of where the inspector opens: the canvas has no reason to move under the hand.
  await page
    .getByRole("button", { name: "Slack message" })
    .dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 420, y: 520 } });
  await expect(page.getByRole("complementary", { name: "The selected step" })).toBeVisible();
  await draw(page, port(page, "feedback", "next"), wayIn(page, "postMessage1"));
  await expect(ways(page)).toHaveCount(1);
  await card(page, "postMessage1").click();
  const inspector = page.getByRole("complementary", { name: "The selected step" });
  await inspector.getByRole("combobox", { name: "Channel" }).click();
  await page.getByRole("option", { name: channel }).click();
  await inspector.locator('[data-field="text"] .cm-content').fill(text);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("A first greeting");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Version 1 is live.")).toBeVisible();
}
