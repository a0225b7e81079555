import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import type { Browser } from "@playwright/test";
import { launchOptions } from "./chromium.js";
import { watchConsole } from "./console-watch.js";
import { startFakeApi } from "./fake-api.js";
import type { Scenario } from "./fake-api.js";
import { looks, nameOf, sizes } from "./looks.js";
import type { Look } from "./looks.js";
import { untilSettled } from "./settled.js";
import { shots } from "./shots.js";
import type { Shot } from "./shot.js";

/**
 * Pictures of every page, light and dark, English and French, wide and on a phone, full, empty and failing:
 * `npx tsx editor/e2e/screens.ts <folder> [name] [look]`, where a look is a part of "en-light-wide".
 * Whatever the console complains of (a style that the security policy refused, a key without words) ends it with an error.
 */
interface Job {
  readonly shot: Shot;
  readonly look: Look;
  readonly scenario: Scenario;
  readonly folder: string;
}

const scenarios = ["full", "empty", "error", "signedOut"] as const satisfies readonly Scenario[];
/** For what moves into its place. */
const SETTLE = 500;

async function shoot(browser: Browser, url: string, { shot, look, scenario, folder }: Job): Promise<string[]> {
  const context = await browser.newContext({ viewport: sizes[look.size], colorScheme: look.scheme });
  const page = await context.newPage();
  const settled = untilSettled(page);
  const complaints = watchConsole(page);
  await page.addInitScript((language) => localStorage.setItem("loopwright.language", language), look.language);
  await page.goto(`${url}${shot.path}`);
  await page.waitForSelector("main");
  await settled();
  await shot.act?.(page);
  await settled();
  await page.waitForTimeout(SETTLE);
  const name = `${shot.name}-${scenario}-${nameOf(look)}`;
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  return complaints.map((complaint) => `${name}: ${complaint}`);
}

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
