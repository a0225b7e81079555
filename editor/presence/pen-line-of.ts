import type { Pen } from "../../server/presence/presence-api.js";

/** What this page had when somebody else began: the pen; something unsaved, and whether the browser had room to keep it. */
export interface Lost {
  readonly pen: boolean;
  readonly left: "kept" | "notKept" | null;
}

/** Another page edits. */
export const isHeldElsewhere = (pen: Pen | null | undefined): pen is Pen =>
  pen?.holder === "other" || pen?.holder === "other-tab";

/** The keys, under `presence`, of what the line says and what its button does. */
export function penLineOf({ holder }: Pick<Pen, "holder">, lost: Lost) {
  const isOwn = holder === "other-tab";
  return {
    who: lost.pen ? (isOwn ? "ownTookOver" : "tookOver") : isOwn ? "ownEditing" : "editing",
    rest: lost.left ?? (lost.pen ? "saved" : "lookingOn"),
    take: isOwn ? "editHere" : lost.pen ? "takeBack" : "takeOver",
  } as const;
}
