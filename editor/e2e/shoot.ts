import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { watchConsole } from "./console-watch.js";
import type { Scenario } from "./fake-api.js";
import { nameOf, sizes } from "./looks.js";
import type { Look } from "./looks.js";
import { untilSettled } from "./settled.js";
import type { Shot } from "./shot.js";

export interface Job {
  readonly shot: Shot;
  readonly look: Look;
  readonly scenario: Scenario;
  readonly folder: string;
  /** Of the file; else all that makes this picture another. */
  readonly name?: string;
}

/** For what moves into its place. */
const SETTLE = 500;

/** Takes one picture; what the console complained of meanwhile is its answer. */
export async function shoot(
  browser: Browser,
  url: string,
  { shot, look, scenario, folder, name: asked }: Job,
): Promise<string[]> {
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
  const name = asked ?? `${shot.name}-${scenario}-${nameOf(look)}`;
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  return complaints.map((complaint) => `${name}: ${complaint}`);
}
