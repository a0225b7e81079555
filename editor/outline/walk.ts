import { plainText } from "../ui/plain-text.js";
import type { Placed } from "./rows.js";

type Walk = (rows: readonly Placed[], at: number) => number | null;

const walks: Readonly<Record<string, Walk>> = {
  ArrowDown: (rows, at) => Math.min(at + 1, rows.length - 1),
  ArrowUp: (_, at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (rows) => rows.length - 1,
  ArrowLeft: (rows, at) => rows[at]?.parent ?? null,
  ArrowRight: (rows, at) => (rows[at + 1]?.parent === at ? at + 1 : null),
};

/** The row that a key leads to from this one; null when the key does not walk, or there is nothing that way. */
export const walkBy = (key: string, rows: readonly Placed[], at: number): number | null =>
  rows.length === 0 ? null : (walks[key]?.(rows, at) ?? null);

export const isWalk = (key: string): boolean => key in walks;

/** The next row that begins so, from this one on and round; the row itself only while more letters are typed. */
export function typedTo(texts: readonly string[], at: number, typed: string): number | null {
  const wanted = plainText(typed);
  const first = typed.length > 1 ? at : at + 1;
  const order = texts.map((_, index) => (first + index) % texts.length);
  return order.find((index) => plainText(texts[index] ?? "").startsWith(wanted)) ?? null;
}
