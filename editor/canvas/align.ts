import type { Point } from "../flow/edit.js";
import type { Box } from "./frames.js";

/** A line that shows what stands in line with what: at `at`, from one end to the other. */
export interface Guide {
  readonly across: boolean;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Aligned {
  readonly position: Point;
  readonly guides: readonly Guide[];
}

const NEAR = 6;

/** The box moved into line with others whose left or upper edge it nearly has, and the lines that it then shares with them. */
export function alignTo(box: Box, others: readonly Box[]): Aligned {
  const x = nearest(
    box.x,
    others.map((other) => other.x),
  );
  const y = nearest(
    box.y,
    others.map((other) => other.y),
  );
  const placed = { ...box, x, y };
  const upright = others.filter((other) => other.x === x);
  const level = others.filter((other) => other.y === y);
  return {
    position: { x, y },
    guides: [...guideOf(upright, placed, false), ...guideOf(level, placed, true)],
  };
}

/** The one of these that is nearest and near enough; else the value itself. */
function nearest(value: number, candidates: readonly number[]): number {
  const away = (candidate: number) => Math.abs(candidate - value);
  const best = candidates.reduce((found, one) => (away(one) < away(found) ? one : found), Infinity);
  return away(best) <= NEAR ? best : value;
}

function guideOf(inLine: readonly Box[], box: Box, across: boolean): Guide[] {
  if (inLine.length === 0) return [];
  const all = [...inLine, box];
  const starts = all.map((one) => (across ? one.x : one.y));
  const ends = all.map((one) => (across ? one.x + one.width : one.y + one.height));
  return [{ across, at: across ? box.y : box.x, from: Math.min(...starts), to: Math.max(...ends) }];
}
