/** Why a flow cannot be said in a line. Words for each stand in `editor/i18n`. */
export const reasonCodes = [
  "trigger",
  "node_type",
  "key",
  "purpose",
  "start",
  "name",
  "unfinished",
  "expression",
  "condition",
  "source",
  "settings",
  "connection",
  "names_a_step",
  "wait_until",
  "way_out",
  "apart",
  "tangled",
  "disabled",
  "own_text",
  "too_long",
  "other",
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export interface Reason {
  readonly code: ReasonCode;
  /** The step that it is about; null: the flow. */
  readonly nodeId: string | null;
}

/** Thrown while a flow is read only; `tellFlow` turns it into a reason. */
export class NotSayable extends Error {
  readonly reason: Reason;
  constructor(code: ReasonCode, nodeId: string | null) {
    super(code);
    this.name = "NotSayable";
    this.reason = { code, nodeId };
  }
}
