import type { Selectable } from "kysely";
import type { Purpose } from "../../workflows/flow/purpose.js";
import type { IncomingEvent } from "./event.js";
import type { IngestTables } from "./ingest-tables.js";

export type ResponseRow = Selectable<IngestTables["response"]>;

/** An event with its place in the database. */
export interface PlacedEvent {
  readonly event: IncomingEvent;
  readonly hash: Buffer;
  readonly revisionId: string;
  readonly response: ResponseRow;
  readonly ordinal: number;
  readonly isNew: boolean;
}

export interface MatchedFlow {
  readonly flowId: string;
  readonly versionId: string;
  readonly onEveryChange: boolean;
  readonly purpose: Purpose;
  /** What the flow's runs are taken one at a time by, blinded; null where this one goes alone. */
  readonly flowKey: Buffer | null;
}

/** An event, and which published flows it starts. */
export interface JudgedEvent extends PlacedEvent {
  readonly matched: readonly MatchedFlow[];
  readonly notJudged: readonly { readonly flowId: string; readonly code: string }[];
}
