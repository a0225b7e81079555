import type { ConditionRow } from "./parts.js";

export type ScoredMetric = "nps" | "csat" | "ces" | "stars";

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** NPS is 0 to 10 by definition. The others' scales are their sources' own: these take in the usual ones, also CSAT in per cent. */
const ranges: Readonly<Record<ScoredMetric, Range>> = {
  nps: { least: 0, most: 10 },
  csat: { least: 0, most: 100 },
  ces: { least: 1, most: 10 },
  stars: { least: 0, most: 10 },
};

const isScored = (metric: string): metric is ScoredMetric => Object.hasOwn(ranges, metric);

/** What scores of these kinds lie between, together; all kinds where none is named. */
function rangeOf(metrics: readonly string[]): Range | null {
  const heard = (metrics.length === 0 ? Object.keys(ranges) : metrics).filter(isScored).map((metric) => ranges[metric]);
  if (heard.length === 0) return null;
  return { least: Math.min(...heard.map(({ least }) => least)), most: Math.max(...heard.map(({ most }) => most)) };
}

/** The range that a row's score lies beyond, where these kinds of feedback start the flow; null where it may be. */
export function beyondRange({ field, value }: ConditionRow, metrics: readonly string[]): Range | null {
  const range = field === "feedback.score" && typeof value === "number" ? rangeOf(metrics) : null;
  return range && typeof value === "number" && (value < range.least || value > range.most) ? range : null;
}

const names: Readonly<Record<ScoredMetric, string>> = { nps: "NPS", csat: "CSAT", ces: "CES", stars: "stars" };

/** How such scores are called together: "NPS", "NPS, CSAT". */
export const scoresCalled = (metrics: readonly string[]): string =>
  (metrics.length === 0 ? Object.keys(names) : metrics)
    .filter(isScored)
    .map((metric) => names[metric])
    .join(", ");
