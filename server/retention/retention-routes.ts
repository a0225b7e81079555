import { sql } from "kysely";
import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { notFound } from "../errors.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { outlook } from "./outlook.js";
import {
  outlookSchema,
  retentionSchema,
  retentionViewSchema,
  type Retention,
  type RetentionView,
} from "./retention-api.js";
import { readRetention, writeRetention } from "./retention-store.js";

export const retentionRoutes = ({ db }: { readonly db: Db }): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/privacy/retention",
    access: "privacy:manage",
    summary: "How long what came from each source is kept",
    reply: retentionViewSchema,
    handle: ({ actor }) => view(db, actor.workspaceId),
  }),
  defineRoute({
    method: "put",
    path: "/api/privacy/retention",
    access: "privacy:manage",
    summary: "Set how long what came from each source is kept; what is older goes within the hour",
    body: retentionSchema,
    reply: retentionViewSchema,
    handle: ({ actor, body }) => transact(db, (tx) => change(tx, actor, body)),
  }),
  defineRoute({
    method: "post",
    path: "/api/privacy/retention/outlook",
    access: "privacy:manage",
    summary: "What would go now if this were set; nothing is changed",
    body: retentionSchema,
    reply: outlookSchema,
    handle: ({ actor, body }) =>
      transact(db, async (tx) => {
        // As workers do: what is over age is found by its index, however much of a small table that is.
        await sql`set local enable_seqscan = off`.execute(tx);
        return outlook(tx, actor.workspaceId, body);
      }),
  }),
];

async function change(tx: Tx, actor: Actor, wanted: Retention): Promise<RetentionView> {
  const { workspaceId } = actor;
  await refuseUnknown(tx, workspaceId, wanted);
  await writeRetention(tx, workspaceId, wanted);
  await auditBy(tx, actor, {
    action: "retention.changed",
    target: { kind: "workspace", id: workspaceId },
    data: { ...wanted.general, sources: wanted.sources.length },
  });
  return view(tx, workspaceId);
}

async function refuseUnknown(tx: Tx, workspaceId: string, { sources }: Retention): Promise<void> {
  const ids = sources.map(({ sourceId }) => sourceId);
  const { rows } = await sql<{ id: string }>`
    select id from source where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(tx);
  if (rows.length < ids.length) throw notFound("source");
}

async function view(reader: Reader, workspaceId: string): Promise<RetentionView> {
  const { rows: known } = await sql<RetentionView["known"][number]>`
    select id, name from source where workspace_id = ${workspaceId} order by name, id`.execute(reader);
  return { ...(await readRetention(reader, workspaceId)), known };
}
