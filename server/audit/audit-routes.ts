import { once } from "node:events";
import type { Response } from "express";
import type { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Reader } from "../db/database.js";
import { pageFrom } from "../http/paging.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { type AuditRow, auditBy } from "./audit.js";
import * as api from "./audit-api.js";
import { countUnchained, lastSigned, listAudit, type AuditQuery } from "./audit-store.js";
import { headsOf } from "./chain.js";
import { csvHeader, toCsv } from "./csv.js";

export interface AuditRouteDependencies {
  readonly db: Db;
  /** Of members, tokens and people, as far as they are known. */
  readonly names: (reader: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

const PAGE = 500;

export const auditRoutes = ({ db, names }: AuditRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/audit",
    access: "audit:read",
    summary: "Who did what, newest first",
    query: api.auditQuerySchema,
    reply: api.auditListSchema,
    handle: async ({ actor, query }) => {
      const rows = await listAudit(db, { ...query, workspaceId: actor.workspaceId, limit: query.limit + 1 });
      const page = pageFrom(rows, query.limit);
      return { items: await eventsOf({ db, names }, page.rows), next: page.next };
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/audit/chain",
    access: "audit:read",
    summary: "How much of the audit is chained, and where the chain was last signed",
    reply: api.chainSchema,
    handle: async ({ actor: { workspaceId } }) => {
      const [heads, unchained, signed] = await Promise.all([
        headsOf(db, [workspaceId]),
        countUnchained(db, workspaceId),
        lastSigned(db, workspaceId),
      ]);
      return { events: heads.get(workspaceId)?.seq ?? 0, unchained, signed: signed ? signedView(signed) : null };
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/audit/export",
    access: "audit:read",
    summary: "The audit as a file, newest first; that somebody took it is told by it too",
    query: api.auditExportQuerySchema,
    reply: "stream",
    heavy: true,
    handle: ({ actor, query, response }) => sendExport({ db, names }, { actor, query, response }),
  }),
];

interface Export {
  readonly actor: Actor;
  readonly query: z.infer<typeof api.auditExportQuerySchema>;
  readonly response: Response;
}

async function sendExport(own: AuditRouteDependencies, { actor, query, response }: Export): Promise<void> {
  const { workspaceId } = actor;
  const { format, ...filter } = query;
  const target = { kind: "workspace", id: workspaceId };
  await transact(own.db, (tx) => auditBy(tx, actor, { action: "audit.exported", target, data: { format } }));
  response.type(format === "csv" ? "text/csv" : "application/jsonl").attachment(`audit.${format}`);
  const toText = format === "csv" ? toCsv : toJsonLine;
  if (format === "csv") await write(response, csvHeader);
  for await (const rows of pages(own.db, { ...filter, workspaceId, limit: PAGE }))
    await write(response, (await eventsOf(own, rows)).map(toText).join(""));
  response.end();
}

/** A reader who is slow is waited for, so that memory holds one page. */
async function write(response: Response, text: string): Promise<void> {
  if (!response.write(text) && !response.destroyed)
    await Promise.race([once(response, "drain"), once(response, "close")]);
}

async function* pages(reader: Reader, query: AuditQuery): AsyncGenerator<AuditRow[]> {
  let rows = await listAudit(reader, query);
  while (rows.length > 0) {
    yield rows;
    rows = rows.length < query.limit ? [] : await listAudit(reader, { ...query, cursor: rows.at(-1)?.id });
  }
}

async function eventsOf({ db, names }: AuditRouteDependencies, rows: readonly AuditRow[]): Promise<api.AuditEvent[]> {
  const named = await names(db, [...new Set(rows.flatMap(({ actor_id }) => (actor_id === null ? [] : [actor_id])))]);
  return rows.map((row) => toEvent(row, named));
}

/** What stands in the table was written by `audit`, whose words are these. */
const toEvent = (row: AuditRow, names: ReadonlyMap<string, string>): api.AuditEvent =>
  api.auditEventSchema.parse({
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: names.get(row.actor_id ?? "") ?? null },
    action: row.action,
    target: { kind: row.target_kind, id: row.target_id },
    data: row.data,
    seq: row.seq,
  });

const toJsonLine = (event: api.AuditEvent): string => `${JSON.stringify(event)}\n`;

const signedView = ({ seq, hash, key_id, signed_at }: NonNullable<Awaited<ReturnType<typeof lastSigned>>>) => ({
  seq,
  hash: hash.toString("hex"),
  keyId: key_id,
  signedAt: signed_at.toISOString(),
});
