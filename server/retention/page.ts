import { sql } from "kysely";
import { NIL_UUID } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";

/** Where a walk along an index has come to. The moment is a text: a Date would round it. */
export interface Position {
  readonly at: string;
  readonly id: string;
}
export const START: Position = { at: "-infinity", id: NIL_UUID };

/** Rows that one transaction looks at: its locks and what it leaves to vacuum stay small. */
export const PAGE = 200;

export interface Page {
  /** Rows that went, or whose content went. */
  readonly gone: number;
  /** Null: there is nothing older left to look at. */
  readonly next: Position | null;
}

export interface Aged extends Position {
  readonly response_id: string;
}

export const nextOf = (rows: readonly Position[]): Position | null =>
  rows.length < PAGE ? null : (rows.at(-1) ?? null);

/** Of these responses, those that a run is still about: it keeps what it needs until it ended. */
export async function withOpenRuns(tx: Tx, responseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ response_id: string }>`
    select distinct response_id from run
    where response_id = any(${responseIds}::uuid[]) and finished_at is null`.execute(tx);
  return new Set(rows.map(({ response_id }) => response_id));
}

export interface LockedResponse {
  readonly id: string;
  readonly workspace_id: string;
  readonly source_id: string;
  readonly external_id: string;
  readonly subject_id: string;
  readonly contact_id: string | null;
  readonly own_contact_id: string | null;
}

/** Who said it, and who stands for them: a hold on either holds. */
export const peopleOf = (responses: readonly LockedResponse[]): string[] =>
  responses.flatMap(({ contact_id, own_contact_id }) => [contact_id, own_contact_id].filter((id) => id !== null));

export const isHeldBy =
  (held: ReadonlySet<string>) =>
  (response: LockedResponse): boolean =>
    peopleOf([response]).some((id) => held.has(id));

/** By ascending id, as ingest does: who says something more about one of them waits, or has been waited for. */
export async function lockResponses(tx: Tx, ids: readonly string[]): Promise<readonly LockedResponse[]> {
  const { rows } = await sql<LockedResponse>`
    select id, workspace_id, source_id, external_id, subject_id, contact_id, own_contact_id from response
    where id = any(${ids}::uuid[]) order by id for update`.execute(tx);
  return rows;
}
