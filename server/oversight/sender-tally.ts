import type { SenderReason } from "./oversight-api.js";

/** One line of what was refused on a day. Without a prefix and a network: those for whom there was no room. */
export interface SenderLine {
  readonly workspaceId: string;
  /** UTC, as `2026-11-23`. */
  readonly day: string;
  readonly reason: SenderReason;
  readonly keyPrefix: string;
  readonly network: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** Lines a day and workspace, beside one for each reason that takes the rest: a flood of random keys fills nothing. */
export const MOST_A_DAY = 200;

export const lineName = ({ workspaceId, day, reason, keyPrefix, network }: SenderLine): string =>
  [workspaceId, day, reason, keyPrefix, network].join("|");

const dayName = ({ workspaceId, day }: SenderLine): string => `${workspaceId}|${day}`;

export const isLumped = ({ keyPrefix }: SenderLine): boolean => keyPrefix === "";
const lumped = (line: SenderLine): SenderLine => ({ ...line, keyPrefix: "", network: "" });

function together(before: SenderLine | undefined, line: SenderLine): SenderLine {
  if (!before) return line;
  return {
    ...line,
    count: before.count + line.count,
    firstAt: before.firstAt < line.firstAt ? before.firstAt : line.firstAt,
    lastAt: before.lastAt > line.lastAt ? before.lastAt : line.lastAt,
  };
}

/** Adds up lines of the same name. Of those that are not known yet no more are kept apart than there is room for. */
export function createTally(known: readonly SenderLine[] = []) {
  const knownNames = new Set(known.map(lineName));
  const apart = new Map<string, number>();
  for (const line of known) if (!isLumped(line)) apart.set(dayName(line), (apart.get(dayName(line)) ?? 0) + 1);
  const lines = new Map<string, SenderLine>();

  function placeOf(line: SenderLine): SenderLine {
    const name = lineName(line);
    if (isLumped(line) || knownNames.has(name) || lines.has(name)) return line;
    const day = dayName(line);
    const count = apart.get(day) ?? 0;
    if (count >= MOST_A_DAY) return lumped(line);
    apart.set(day, count + 1);
    return line;
  }

  return {
    add(line: SenderLine): void {
      const placed = placeOf(line);
      lines.set(lineName(placed), together(lines.get(lineName(placed)), placed));
    },
    lines: (): SenderLine[] => [...lines.values()],
  };
}
