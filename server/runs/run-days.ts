import { firstIdAt } from "../../workflows/ledger/uuid.js";
import { dayOf } from "../employees/day-id.js";
import type { RunFilter } from "./run-filter-api.js";

const DAY_MS = 86_400_000;
/** Clocks of the processes that make ids, and of the database that writes times, may differ by less. */
const SLACK_MS = 3_600_000;

export interface Span {
  /** Inclusive. */
  readonly from: Date | null;
  /** Exclusive. */
  readonly until: Date | null;
}

/** Which whole days of UTC are asked for. */
export function spanOf({ days, from, to }: Pick<RunFilter, "days" | "from" | "to">, now: Date): Span {
  return {
    from: firstDay({ days, from }, now),
    until: to === undefined ? null : new Date(dayFrom(to).getTime() + DAY_MS),
  };
}

function firstDay({ days, from }: Pick<RunFilter, "days" | "from">, now: Date): Date | null {
  if (days !== undefined) return new Date(dayOf(now).getTime() - days * DAY_MS);
  return from === undefined ? null : dayFrom(from);
}

const dayFrom = (day: string): Date => new Date(`${day}T00:00:00.000Z`);

/** Ids between which runs of a span lie, by which lists begin and end: ids sort by time. */
export const idsOf = ({ from, until }: Span): { readonly least: string | null; readonly below: string | null } => ({
  least: from && firstIdAt(from.getTime() - SLACK_MS),
  below: until && firstIdAt(until.getTime() + SLACK_MS),
});
