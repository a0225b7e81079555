import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader, Tx } from "../db/database.js";
import type { Ask, RequestState } from "./request-api.js";

export interface RequestRow extends Ask {
  readonly id: string;
  readonly workspaceId: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly state: RequestState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly thingId: string | null;
}

const select = sql`select id, workspace_id as "workspaceId", kind, name, purpose, lawful_basis as "lawfulBasis",
  data_classes as "dataClasses", data_subjects as "dataSubjects", why, asked_by as "askedBy", asked_at as "askedAt", state,
  decided_by as "decidedBy", decided_at as "decidedAt", reason, thing_id as "thingId" from tool_request`;

interface Page {
  readonly workspaceId: string;
  /** Only this member's. */
  readonly askedBy?: string | undefined;
  readonly state?: RequestState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listRequests(reader: Reader, page: Page): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`${select}
    where workspace_id = ${page.workspaceId} and (${page.askedBy ?? null}::uuid is null or asked_by = ${page.askedBy ?? null})
      and (${page.state ?? null}::text is null or state = ${page.state ?? null})
      and (${page.cursor ?? null}::uuid is null or id < ${page.cursor ?? null})
    order by id desc limit ${page.limit}`.execute(reader);
  return rows;
}

interface Named {
  readonly workspaceId: string;
  readonly id: string;
}

export async function lockRequest(tx: Tx, { workspaceId, id }: Named): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`${select}
    where id = ${id} and workspace_id = ${workspaceId} for update`.execute(tx);
  return rows[0];
}

export async function insertRequest(tx: Tx, ask: Ask & { workspaceId: string; askedBy: string }): Promise<string> {
  const id = uuidv7();
  await sql`
    insert into tool_request (id, workspace_id, kind, name, purpose, lawful_basis, data_classes, data_subjects, why, asked_by,
      asked_at, state)
    values (${id}, ${ask.workspaceId}, ${ask.kind}, ${ask.name}, ${ask.purpose}, ${ask.lawfulBasis}, ${ask.dataClasses}::text[],
      ${ask.dataSubjects}::text[], ${ask.why}, ${ask.askedBy}, lw_now(), 'open')`.execute(tx);
  return id;
}

export const decideRequest = (
  tx: Tx,
  id: string,
  { state, by, reason }: { state: "approved" | "declined"; by: string; reason: string | null },
) =>
  sql`update tool_request set state = ${state}, decided_by = ${by}, decided_at = lw_now(), reason = ${reason}
    where id = ${id}`.execute(tx);

export const fulfilRequest = (tx: Tx, id: string, thingId: string) =>
  sql`update tool_request set state = 'done', thing_id = ${thingId} where id = ${id}`.execute(tx);
