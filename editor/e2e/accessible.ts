import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

/** WCAG 2.2 AA as far as a machine can tell, whatever the impact; a failure names the rule and the element. */
export async function expectAccessible(page: Page): Promise<void> {
  await comesToRest(page);
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
  const told = violations
    .flatMap(({ id: rule, nodes }) => nodes.map(({ html }) => `${rule}: ${html.slice(0, 200)}`))
    .filter((line) => !isCanvasDrawnSmall(line));
  expect(told, `accessibility of ${page.url()} at ${String(page.viewportSize()?.width)}`).toEqual([]);
}

/** A canvas that is zoomed out draws its buttons small. WCAG 2.5.8 lets them be: the outline beside it inserts as well. */
const isCanvasDrawnSmall = (line: string): boolean => line.startsWith("target-size:") && line.includes("lw-way-add");

/** A colour is judged where it ends: half way from light to dark it has the contrast of neither. What turns for ever is not waited for. */
const comesToRest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ends = ({ effect }: Animation) => effect?.getComputedTiming().endTime !== Infinity;
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map(({ finished }) => finished),
    );
  });
