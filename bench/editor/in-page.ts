import type { CDPSession, Page } from "@playwright/test";

/** Milliseconds that the page's main thread worked since it was loaded; not those in which another process had its processor. */
interface Spent {
  readonly script: number;
  /** Style included. */
  readonly layout: number;
}

async function spentBy(session: CDPSession): Promise<Spent> {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string): number => 1_000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
  return { script: of("ScriptDuration"), layout: of("LayoutDuration") + of("RecalcStyleDuration") };
}

/** A place on the canvas where nothing stands, so that it is the ground that is taken hold of. */
export async function bareGround(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const found = await page.evaluate(() => {
    const { left, top, width, height } =
      document.querySelector(".react-flow")?.getBoundingClientRect() ?? new DOMRect();
    const inset = 160;
    for (let y = top + inset; y < top + height - inset; y += 7)
      for (let x = left + inset; x < left + width - inset; x += 7)
        if (document.elementFromPoint(x, y)?.classList.contains("react-flow__pane")) return { x, y };
    return null;
  });
  if (!found) throw new Error("Cards stand everywhere.");
  return found;
}

/** When the page has drawn what it was told: at the end of the next frame but one. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  );

/** Script and layout of each move, milliseconds ascending. One move is made a frame. */
export async function perFrame(page: Page, moves: number, move: (number: number) => Promise<void>): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent: number[] = [];
  for (let number = 0; number < moves; number += 1) {
    const before = await spentBy(session);
    await move(number);
    await drawn(page);
    const after = await spentBy(session);
    spent.push(after.script - before.script + after.layout - before.layout);
  }
  await session.detach();
  return spent.toSorted((a, b) => a - b);
}

/** Frames a second while the work goes on. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const counting = {
      ...{ frames: 0, since: performance.now(), on: true },
      next() {
        this.frames += 1;
        if (this.on) requestAnimationFrame(() => this.next());
      },
    };
    Object.assign(window, { counting });
    counting.next();
  });
  await work();
  return page.evaluate(() => {
    const { counting } = window as unknown as { counting: { frames: number; since: number; on: boolean } };
    counting.on = false;
    return (1_000 * counting.frames) / (performance.now() - counting.since);
  });
}

/** From each key to the frame that shows it, milliseconds ascending. */
export async function perKey(page: Page, text: string): Promise<number[]> {
  await page.evaluate(() => {
    const took: number[] = [];
    Object.assign(window, { took });
    document.addEventListener(
      "keydown",
      ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - timeStamp))),
      { capture: true },
    );
  });
  for (const key of text) {
    await page.keyboard.press(key === " " ? "Space" : key);
    await drawn(page);
  }
  const took = await page.evaluate(() => (window as unknown as { took: number[] }).took);
  return took.toSorted((a, b) => a - b);
}
