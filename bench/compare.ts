import { groupBy } from "../workflows/flow/group-by.js";
import type { Row } from "./measure.js";
import { middleOf } from "./table.js";

/** The round in the middle stands for all, by side and concurrency. */
export function mediansOf(rows: readonly Row[]): Row[] {
  const groups = groupBy(rows, ({ side, concurrency }) => `${side} ${concurrency}`);
  return [...groups.values()].map((group) => middleOf(group, ({ perSecond }) => perSecond));
}

/** One run at a time measures latency, not throughput: it takes no part in ratios. */
const LEAST_CONCURRENCY = 20;

/** The lowest over the concurrencies; null where the peer did not run. */
export function ratioOf(medians: readonly Row[], product: string, peer: string): number | null {
  const ratios = medians
    .filter(({ side, concurrency }) => side === peer && concurrency >= LEAST_CONCURRENCY)
    .flatMap((theirs) => {
      const ours = medians.find(({ side, concurrency }) => side === product && concurrency === theirs.concurrency);
      return ours ? [ours.perSecond / theirs.perSecond] : [];
    });
  return ratios.length > 0 ? Math.min(...ratios) : null;
}
