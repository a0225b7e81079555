import { beyondRange, scoresCalled, type Range } from "../score-ranges.js";
import { leavesOutSixes } from "../sixes.js";
import type { LineReader } from "./reader.js";
import type { Line } from "./tree.js";

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Something that its author may not have meant, or that is still to be said. */
export type LineWarning = Place &
  (
    | {
        readonly code: "leaves_out_sixes";
        /** What to write instead of it. */
        readonly instead: string;
      }
    | ({ readonly code: "score_out_of_range"; readonly scores: string } & Range)
    | {
        /** A step without this would be drawn, and could not run. */
        readonly code: "still_needed";
        readonly field: string;
      }
  );

export function warningsOf({ head: { metrics } }: Line, reader: LineReader): LineWarning[] {
  return [...scoresBeyond(metrics, reader), ...sixesLeftOut(metrics, reader), ...stillNeeded(reader)];
}

const scoresBeyond = (metrics: Line["head"]["metrics"], { rows }: LineReader): LineWarning[] =>
  rows.flatMap(({ row, start, end }) => {
    const range = beyondRange(row, metrics);
    return range ? [{ code: "score_out_of_range", start, end, scores: scoresCalled(metrics), ...range }] : [];
  });

function sixesLeftOut(metrics: Line["head"]["metrics"], { rows, words }: LineReader): LineWarning[] {
  if (metrics.length > 0 && !metrics.includes("nps")) return [];
  const [instead] = words.categories.detractor;
  return rows
    .filter(({ row }) => leavesOutSixes(row))
    .map(({ start, end }) => ({ code: "leaves_out_sixes", start, end, instead }));
}

const stillNeeded = ({ unsaid }: LineReader): LineWarning[] =>
  unsaid.map(({ field, start, end }) => ({ code: "still_needed", field, start, end }));
