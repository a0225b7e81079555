import type { Pen } from "../../server/presence/presence-api.js";

/** What this page had when somebody else began: the pen; something unsaved, which is kept in this browser. */
export interface Lost {
  readonly pen: boolean;
  readonly kept: boolean;
}

/** Another page edits. */
export const isElsewhere = (pen: Pen | null | undefined): pen is Pen =>
  pen?.holder === "other" || pen?.holder === "other-tab";

/** The keys, under `presence`, of what the line says and what its button does. */
export function penLineOf({ holder }: Pick<Pen, "holder">, lost: Lost) {
  const isOwn = holder === "other-tab";
  return {
    who: lost.pen ? (isOwn ? "ownTookOver" : "tookOver") : isOwn ? "ownEditing" : "editing",
    rest: lost.kept ? "kept" : lost.pen ? "saved" : "lookingOn",
    take: isOwn ? "editHere" : lost.pen ? "takeBack" : "takeOver",
  } as const;
}
