import { asRecord, asText, isRecord } from "../ui/read.js";

type Values = Readonly<Record<string, unknown>>;

export interface EventParts {
  readonly comment: string;
  readonly feedback: Values;
  readonly attributes: Values;
  readonly contact: Values;
  readonly account: Values;
  /** What started the run in place of feedback; null: feedback did. */
  readonly start: Values | null;
  /** What only a program reads. */
  readonly ids: Values;
}

/** What stands in the panel's head already, is quoted, or is an id. */
const elsewhere: ReadonlySet<string> = new Set(["score", "metric", "comment", "attributes", "id", "sourceId"]);
const without = (values: Values, names: ReadonlySet<string>): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));

/** Sorts an event as the run saw it into what a person reads first and what hardly anybody needs. */
export function eventParts(event: Values): EventParts {
  const feedback = asRecord(event["feedback"]);
  return {
    comment: asText(feedback["comment"]),
    feedback: without(feedback, elsewhere),
    attributes: asRecord(feedback["attributes"]),
    contact: asRecord(event["contact"]),
    account: asRecord(event["account"]),
    start: isRecord(event["start"]) ? event["start"] : null,
    ids: { id: feedback["id"], sourceId: feedback["sourceId"] },
  };
}
