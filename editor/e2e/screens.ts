import { mkdir } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.js";
import { startFakeApi } from "./fake-api.js";
import type { Scenario } from "./fake-api.js";
import { looks, nameOf } from "./looks.js";
import { shoot } from "./shoot.js";
import { shots } from "./shots.js";

/**
 * Pictures of every page, light and dark, English and French, wide, on a laptop and on a phone, full, empty and failing:
 * `npx tsx editor/e2e/screens.ts <folder> [name] [look]`, where a look is a part of "en-light-wide".
 * Whatever the console complains of (a style that the security policy refused, a key without words) ends it with an error.
 */
const scenarios = ["full", "empty", "error", "signedOut"] as const satisfies readonly Scenario[];
async function main([folder = "test-results/screens", only = "", lookOnly = ""]: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch(launchOptions);
  const complaints: string[] = [];
  for (const scenario of scenarios) {
    const api = await startFakeApi(scenario);
    const wanted = shots.filter(({ name, scenarios }) => scenarios.includes(scenario) && name.includes(only));
    for (const shot of wanted) {
      for (const look of looks.filter((one) => nameOf(one).includes(lookOnly))) {
        complaints.push(...(await shoot(browser, api.url, { shot, look, scenario, folder })));
      }
    }
    await api.close();
  }
  await browser.close();
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
}

await main(process.argv.slice(2));
