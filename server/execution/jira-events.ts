import { z } from "zod";
import { parseJsonSafely } from "../../integrations/json.js";
import { parseJiraWebhook, verifyJiraWebhook, type JiraEvent } from "../../integrations/jira/index.js";
import { ownerRefOf } from "../../workflows/ledger/effect-store.js";
import { BARE, settleEffect } from "../../workflows/ledger/settle.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import type { InboundConnection } from "../connections/connection-execution.js";
import type { Db } from "../db/database.js";
import { badRequest, DomainError, notFound } from "../errors.js";
import { uuidSchema } from "../http/common-api.js";
import { flatHeaders } from "../http/headers.js";
import type { NoteRefused } from "../oversight/unknown-senders.js";
import type { SenderReason } from "../oversight/oversight-api.js";
import { readRawBody } from "../http/raw-body.js";
import { defineRoute, type Route } from "../http/route.js";

export interface JiraEventDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly openInbound: (connectionId: string) => Promise<InboundConnection | null>;
  readonly noteRefused: NoteRefused;
}

const MAX_BODY_BYTES = 1_048_576;

/**
 * Jira's own news. A new issue that carries our label proves its effect, at once and also before the answer to its creation came:
 * nothing needs to be searched for. Everything else is acknowledged and left alone: people edit, move and clone issues.
 */
export const jiraEventRoutes = (dependencies: JiraEventDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/webhooks/jira/:connectionId",
    access: "signed",
    summary: "What happened in Jira",
    params: z.object({ connectionId: uuidSchema }),
    reply: z.object({ settled: z.boolean() }),
    handle: async ({ params, request }) => {
      const connection = await dependencies.openInbound(params.connectionId);
      const secret = connection?.secrets["webhookSecret"];
      const refuse = (reason: SenderReason) =>
        dependencies.noteRefused({
          ...{ key: params.connectionId, reason, address: request.ip },
          workspaceId: connection?.workspaceId ?? null,
        });
      if (!connection || !secret) {
        refuse("unknown");
        throw notFound("Jira connection with a webhook secret");
      }
      const rawBody = await readRawBody(request, MAX_BODY_BYTES);
      const verified = verifyJiraWebhook({ rawBody, headers: flatHeaders(request.headers) }, [secret]);
      if (!verified.ok) {
        refuse("bad_signature");
        throw new DomainError({ status: 401, code: "bad_signature", message: verified.reason });
      }
      const json = parseJsonSafely(rawBody);
      if (!json.ok) throw badRequest("bad_json", json.reason);
      const event = parseJiraWebhook(json.value);
      return {
        settled:
          event?.kind === "issueCreated" && event.key !== null
            ? await settleByLabel(dependencies, connection, { ...event, key: event.key })
            : false,
      };
    },
  }),
];

/** Idempotent: the same news again finds its effect done under the same issue. */
async function settleByLabel(
  { db, ports }: JiraEventDependencies,
  connection: InboundConnection,
  { key, issueId, issueKey, proven }: JiraEvent & { readonly key: string },
): Promise<boolean> {
  const tables = db.withTables<LedgerTables>();
  const effect = await tables.selectFrom("effect").selectAll().where("key", "=", key).executeTakeFirst();
  if (effect?.connection_id !== connection.id || effect.state === "intent") return false;
  // Its label alone makes a second issue a clone; a real double that says no more is for the sweep to look up.
  if (effect.state === "done" && !proven) return false;
  const { site } = z.looseObject({ site: z.string() }).parse(connection.config);
  const url = new URL(`/browse/${encodeURIComponent(issueKey)}`, site).href;
  const owner = ownerRefOf(effect);
  const settled = await transact(db, (tx) =>
    settleEffect(tx, ports, owner, {
      ...BARE,
      effectId: effect.id,
      state: "done",
      externalId: issueKey,
      url,
      clearOutput: { key: issueKey, id: issueId, url },
    }),
  );
  if (settled && owner.kind === "run") ports.wake(owner.id);
  return settled;
}
