import { id } from "./fixtures/ids.js";
import type { Shot } from "./shot.js";

const support = `/flows/${id("flow", 1)}`;

/** What is published, and what was. */
export const versionShots: readonly Shot[] = [
  {
    name: "flow-publish",
    path: support,
    scenarios: ["full"],
    act: async (page) => {
      await page.click('.react-flow__node[data-id="note"]');
      await page.keyboard.press("Delete");
      await page.locator(".lw-flow-head > button").last().click();
      await page.waitForSelector(".lw-changes li");
    },
  },
  { name: "versions", path: `${support}/versions`, scenarios: ["full", "error"] },
  { name: "versions-draft", path: `${support}/versions?version=${id("event", 2)}&against=draft`, scenarios: ["full"] },
  { name: "versions-none", path: `/flows/${id("flow", 4)}/versions`, scenarios: ["full"] },
];
