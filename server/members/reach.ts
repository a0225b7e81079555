import type { Reach, ResourceKind, Sight } from "../http/route.js";
import type { RowRule } from "./rule-api.js";
import type { Things } from "./token-api.js";

export const KINDS = ["flow", "source", "connection"] as const satisfies readonly ResourceKind[];

const WHOLE: Sight = { things: { flow: null, source: null, connection: null }, rows: [] };

export const EVERYTHING: Reach = [WHOLE];

const isWhole = ({ things, rows }: Sight): boolean => rows.length === 0 && KINDS.every((kind) => things[kind] === null);

export const isEverything = (reach: Reach): boolean => reach.some(isWhole);

/** Whether what is seen of the things depends on what was said. */
export const hasRowRules = (reach: Reach | undefined): boolean => reach?.some(({ rows }) => rows.length > 0) ?? false;

/** Rows that are looked at for a number, from the newest on, where rules say which are seen. */
export const COUNTED_AT_MOST = 10_000;

/** What either sees. */
export const either = (one: Reach, other: Reach): Reach =>
  isEverything(one) || isEverything(other) ? EVERYTHING : [...one, ...other];

/** What both see. */
export const both = (one: Reach, other: Reach): Reach =>
  one.flatMap((a) => other.map((b) => ({ things: thingsOfBoth(a, b), rows: [...a.rows, ...b.rows] })));

const thingsOfBoth = (one: Sight, other: Sight): Sight["things"] =>
  byKind((kind) => {
    const [a, b] = [one.things[kind], other.things[kind]];
    return a === null ? b : b === null ? a : a.filter((id) => b.includes(id));
  });

/** The only ids of a kind that are seen by any; null: all. */
export function idsWithin(reach: Reach | undefined, kind: ResourceKind): readonly string[] | null {
  if (!reach) return null;
  const lists = reach.map(({ things }) => things[kind]);
  const known = lists.filter((ids) => ids !== null);
  return known.length < lists.length ? null : [...new Set(known.flat())];
}

const byKind = (idsOf: (kind: ResourceKind) => readonly string[] | null): Sight["things"] => ({
  flow: idsOf("flow"),
  source: idsOf("source"),
  connection: idsOf("connection"),
});

export const thingsOf = ({ flowIds, sourceIds, connectionIds }: Things): Sight["things"] => ({
  flow: flowIds,
  source: sourceIds,
  connection: connectionIds,
});

/** As a team or a token says it. */
export const sightOf = (things: Things, rule: RowRule): Sight => ({
  things: thingsOf(things),
  rows: rule.segment.length === 0 && rule.accountIds === null ? [] : [rule],
});
