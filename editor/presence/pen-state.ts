import type { Pen } from "../../server/presence/presence-api.js";
import type { SaveStatus } from "../flow/autosave.js";
import { isHeldElsewhere } from "./pen-line-of.js";

/** How this page stands to the pen, by all that it saw so far. */
export interface PenState {
  /** Others edit, or did, and what they saved last is not shown here yet. */
  readonly isFollowing: boolean;
  readonly hadPen: boolean;
  /** It had the pen until others took it. */
  readonly lostPen: boolean;
  readonly status: SaveStatus;
}

/** What is known now. */
export interface Known {
  readonly pen: Pen | null | undefined;
  readonly status: SaveStatus;
  /** Others saved what is not shown here yet. */
  readonly isBehind: boolean;
}

export const firstPenState = ({ pen, status }: Known): PenState => ({
  ...{ isFollowing: isHeldElsewhere(pen), hadPen: false, lostPen: false },
  status,
});

/** The same object where nothing is new. */
export function nextPenState(before: PenState, known: Known): PenState {
  const next = isHeldElsewhere(known.pen) ? lost(before, known) : here(before, known);
  const names = ["isFollowing", "hadPen", "lostPen", "status"] as const;
  return names.every((name) => next[name] === before[name]) ? before : next;
}

const lost = ({ hadPen, lostPen }: PenState, { status }: Known): PenState => ({
  ...{ isFollowing: true, hadPen: false, lostPen: lostPen || hadPen },
  status,
});

function here(before: PenState, { pen, status, isBehind }: Known): PenState {
  // The server says so, or took a change since.
  const hadPen = pen?.holder === "this-tab" || hasSaved(before, status) || (before.hadPen && pen === null);
  const isWaitedFor = isBehind || status.kind === "taken";
  // A conflict is for a person to end, who must be able to.
  const isFollowing = before.isFollowing && isWaitedFor && status.kind !== "conflict";
  return { isFollowing, hadPen, lostPen: before.lostPen && isFollowing, status };
}

const hasSaved = (before: PenState, status: SaveStatus): boolean =>
  status !== before.status && status.kind === "saved" && status.byThisPage;
