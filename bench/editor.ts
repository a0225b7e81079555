import { chromium, type Browser, type Page } from "@playwright/test";
import { launchOptions } from "../editor/e2e/chromium.js";
import { bareGround, drawn, framesDuring, perFrame, perKey } from "./editor/in-page.js";
import { largeDraft } from "./editor/large-draft.js";
import { quantile } from "./quantile.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product } from "./sides/product.js";
import { stopping } from "./stopping.js";
import { middleOf, print, printTable } from "./table.js";
import { printVersions } from "./versions.js";

const STEPS = 500;
/** Nothing is sent. */
const NOWHERE = "http://127.0.0.1:9";

interface Round {
  readonly openMs: number;
  readonly dragMs: number;
  readonly panMs: number;
  readonly fps: number;
  readonly keyMs: number;
}

/** A flow of 500 steps in a real browser: how long it takes to open, what a frame of dragging and panning costs, how fast letters show. */
export const editor = ({ runs: moves, rounds }: BenchOptions): Promise<object> =>
  stopping(async (keep) => {
    const product = await keep(startProduct({ sinkUrl: NOWHERE, flows: [] }));
    const { id } = (await product.api("POST", "/api/flows", { name: "Large", draft: largeDraft(STEPS) })) as {
      id: string;
    };
    await printVersions(product);
    const browser = await chromium.launch(launchOptions);
    await keep(Promise.resolve({ stop: () => browser.close() }));
    const page = await signedIn(browser, product);
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) measured.push(await oneRound(page, { product, id, moves }));
    return report(measured, browser);
  });

async function signedIn(browser: Browser, { signInUrl }: Product): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await page.goto(signInUrl);
  await page.getByRole("heading", { name: "Home" }).waitFor();
  return page;
}

interface Given {
  readonly product: Product;
  readonly id: string;
  readonly moves: number;
}

async function oneRound(page: Page, { product, id, moves }: Given): Promise<Round> {
  await page.goto(`${product.url}/flows`);
  const openMs = await open(page, id);
  const centre = await middleOfCard(page, "ask62");
  await page.mouse.move(centre.x, centre.y);
  await page.mouse.down();
  const drag = await perFrame(page, moves, (number) => page.mouse.move(...around(centre, number)));
  const fps = await framesDuring(page, async () => {
    for (let number = 0; number < moves; number += 1) await page.mouse.move(...around(centre, number));
  });
  await page.mouse.up();
  // Its inspector would stand above the ground.
  await page.keyboard.press("Escape");
  // By hand: the wheel zooms, and does nothing where all is as small as it may be.
  const ground = await bareGround(page);
  await page.mouse.move(ground.x, ground.y);
  await page.mouse.down();
  const pan = await perFrame(page, moves, (number) => page.mouse.move(...around(ground, number)));
  await page.mouse.up();
  return { openMs, dragMs: quantile(drag, 0.95), panMs: quantile(pan, 0.95), fps, keyMs: await typing(page) };
}

/** From the click in the list until every card is drawn. */
async function open(page: Page, id: string): Promise<number> {
  await page.locator(`a[href="/flows/${id}"]`).first().waitFor();
  const began = await page.evaluate((flowId) => {
    const at = performance.now();
    document.querySelector<HTMLElement>(`a[href="/flows/${flowId}"]`)?.click();
    return at;
  }, id);
  await page.waitForFunction((cards) => document.querySelectorAll(".react-flow__node").length >= cards, STEPS - 3);
  await drawn(page);
  return page.evaluate((at) => performance.now() - at, began);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

async function middleOfCard(page: Page, nodeId: string): Promise<Place> {
  const box = await page.locator(`.react-flow__node[data-id="${nodeId}"]`).boundingBox();
  if (!box) throw new Error(`The card ${nodeId} is not on the page.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const around = ({ x, y }: Place, number: number): [number, number] => [
  x + 120 * Math.sin(number / 9),
  y + 80 * Math.cos(number / 7),
];

/** In the title of a step, in the inspector. */
async function typing(page: Page): Promise<number> {
  await page.locator('.react-flow__node[data-id="ask62"]').click();
  await page.locator(".lw-inspector input").first().focus();
  return quantile(await perKey(page, "ask them once more and then some"), 0.95);
}

function report(rounds: readonly Round[], browser: Browser): object {
  const of = (name: keyof Round): number => middleOf(rounds, (round) => round[name])[name];
  const figures = {
    steps: STEPS,
    ...{ openMs: of("openMs"), dragMs: of("dragMs"), panMs: of("panMs"), fps: of("fps"), keyMs: of("keyMs") },
  };
  print(`Chromium ${browser.version()}, without a graphics card; medians of ${rounds.length} rounds`);
  printTable(
    ["500 steps", "measured", "goal"],
    [
      ["from click to every card drawn, ms", figures.openMs.toFixed(0), "1000"],
      ["script and layout of a dragged frame, p95 ms", figures.dragMs.toFixed(1), "10"],
      ["script and layout of a panned frame, p95 ms", figures.panMs.toFixed(1), "10"],
      ["frames a second while dragging", figures.fps.toFixed(0), "-"],
      ["from key to its letter, p95 ms", figures.keyMs.toFixed(1), "50"],
    ],
  );
  return figures;
}
