import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { findWorkspace } from "../members/member-store.js";
import * as api from "./oversight-api.js";
import { recordHtml } from "./record-html.js";
import { recordOf } from "./record.js";
import { readEntries, type OversightDependencies } from "./registry.js";
import { registryCsv } from "./registry-csv.js";

export const exportRoutes = (own: OversightDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/oversight/record",
    access: "oversight:read",
    summary: "The record of processing activities (GDPR, article 30), as a file",
    query: api.recordQuerySchema,
    reply: "stream",
    handle: async ({ actor, query: { format }, response }) => {
      const { workspaceId } = actor;
      const entries = await readEntries(own, own.db, { workspaceId });
      const { name: controller } = await findWorkspace(own.db, workspaceId);
      const record = recordOf(entries, { controller, now: own.now() });
      await tellExport(own, actor, { what: "record", format });
      response
        .type(format === "html" ? "text/html" : "application/json")
        .attachment(`record-of-processing.${format}`)
        .send(format === "html" ? recordHtml(record) : JSON.stringify(record, null, 2));
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/oversight/export",
    access: "oversight:read",
    summary: "The registry as a table (CSV)",
    query: api.entryFilterSchema,
    reply: "stream",
    handle: async ({ actor, query, response }) => {
      const entries = await readEntries(own, own.db, { ...query, workspaceId: actor.workspaceId });
      await tellExport(own, actor, { what: "registry", format: "csv" });
      response.type("text/csv").attachment("registry.csv").send(registryCsv(entries));
    },
  }),
];

const tellExport = (
  { db }: OversightDependencies,
  actor: Actor,
  data: Readonly<Record<"what" | "format", string>>,
): Promise<void> =>
  transact(db, (tx) =>
    auditBy(tx, actor, {
      action: "oversight.exported",
      target: { kind: "workspace", id: actor.workspaceId },
      data,
    }),
  );
