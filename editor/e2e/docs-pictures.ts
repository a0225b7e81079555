import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.js";
import { startFakeApi } from "./fake-api.js";
import type { Scenario } from "./fake-api.js";
import type { Look } from "./looks.js";
import { shoot } from "./shoot.js";
import { shots } from "./shots.js";

/** `npm run pictures [name]`, after a build: every page as docs/screenshots has it, and a few in other looks. */
const pages = [
  ...["home", "tour", "feedback", "sources", "source"],
  ...["flows", "flows-new-line", "flows-import", "templates", "template-one"],
  ...["flow", "flow-action", "flow-condition", "flow-insert", "flow-outline", "flow-around", "flow-publish"],
  ...["flow-looking-on", "preview-ticket"],
  ...["try-events", "try-all", "try-outline", "try-tests", "real-step", "starts-form", "starts-schedule", "versions"],
  ...["runs", "runs-side", "run-stuck", "run-past", "run-finished", "approvals"],
  ...["connections", "connection", "audit", "privacy", "oversight", "members", "account", "settings", "search"],
];

const usual: Look = { language: "en", scheme: "light", size: "laptop" };
const others: readonly (readonly [string, Partial<Look>])[] = [
  ["home", { scheme: "dark" }],
  ["flow-action", { scheme: "dark" }],
  ["runs-side", { scheme: "dark", language: "fr" }],
  ["flow", { language: "fr" }],
  ["runs", { size: "phone" }],
  ["run-stuck", { size: "phone" }],
  ["approvals", { size: "phone" }],
  ["flow-outline", { size: "phone" }],
  ["try-outline", { size: "phone" }],
];

interface Wanted {
  readonly shot: string;
  readonly look: Look;
  readonly name: string;
  readonly scenario: Scenario;
}

const wanted: readonly Wanted[] = [
  ...pages.map((shot) => ({ shot, look: usual, name: shot, scenario: "full" as const })),
  { shot: "sign-in", look: usual, name: "sign-in", scenario: "signedOut" },
  ...others.map(([shot, part]) => ({
    shot,
    look: { ...usual, ...part },
    name: [shot, ...Object.values(part)].join("-"),
    scenario: "full" as const,
  })),
];

const folder = fileURLToPath(new URL("../../docs/screenshots", import.meta.url));

async function main([only = ""]: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch(launchOptions);
  const complaints: string[] = [];
  for (const { shot: called, look, name, scenario } of wanted.filter((one) => one.name.includes(only))) {
    const shot = shots.find((one) => one.name === called);
    if (!shot) throw new Error(`There is no picture "${called}".`);
    const api = await startFakeApi(scenario);
    complaints.push(...(await shoot(browser, api.url, { shot, look, scenario, folder, name })));
    await api.close();
  }
  await browser.close();
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
}

await main(process.argv.slice(2));
