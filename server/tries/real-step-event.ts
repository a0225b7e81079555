import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import type { Tx } from "../db/database.js";
import { commitBatch } from "../ingest/commit-batch.js";
import type { ResponseRow } from "../ingest/placed-event.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import type { Envelope } from "../privacy/envelope.js";
import type { Vault } from "../privacy/vault.js";
import { startSource } from "../starts/start-source.js";
import { unsaidFeedback } from "../starts/unsaid-feedback.js";
import type { TryEvent } from "./try-api.js";
import type { Tryable } from "./try-event.js";

/** The stored event that a step is done for: whatever is true of it (whose it is, how long it is kept) is true of what was done. */
export interface EventOfStep {
  readonly response: ResponseRow;
  readonly revisionId: string;
}

interface Doing {
  readonly workspaceId: string;
  readonly event: TryEvent;
  readonly tryable: Tryable;
  /** The same step, asked for twice, has the same; no other has it. */
  readonly key: string;
  /** The name of who does it. */
  readonly by: string;
}

/** A past event is its own; what was made up or pasted is kept as a start is: whom it is about, and nothing that was said. */
export async function eventOfStep(
  tx: Tx,
  tools: { readonly vault: Vault; readonly envelope: Envelope },
  doing: Doing,
): Promise<EventOfStep | null> {
  const { event } = doing;
  if (event.kind === "past") return placed(tx, "response_id", event.responseId);
  const source = await startSource(tx, tools.envelope, doing.workspaceId);
  const [stored] = await commitBatch(tx, { vault: tools.vault, triggers: HEARD_BY_NONE }, [keptOf(doing, source)]);
  return stored?.eventId ? placed(tx, "id", stored.eventId) : null;
}

const HEARD_BY_NONE = { of: () => Promise.resolve({ match: () => ({ matched: [], undecided: [] }) }) };

function keptOf({ workspaceId, key, by, tryable }: Doing, source: { readonly id: string; readonly name: string }) {
  const address = tryable.context.contact?.["email"];
  const email = typeof address === "string" ? address : null;
  const now = new Date();
  return {
    ...{ workspaceId, source, receivedAt: now, start: { by, fields: {} } },
    raw: Buffer.from(canonicalJson({ step: key })),
    feedback: unsaidFeedback({ responseId: `step:${key}`, occurredAt: now, email }),
  };
}

/** Its newest revision, or this one. */
async function placed(tx: Tx, by: "id" | "response_id", value: string): Promise<EventOfStep | null> {
  const tables = tx.withTables<IngestTables>();
  const revision = await tables
    .selectFrom("revision")
    .select(["id", "response_id"])
    .where(by, "=", value)
    .orderBy("ordinal", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!revision) return null;
  const responses = tables.selectFrom("response").selectAll();
  // Whoever erases or drops it waits until this run is stored, or is waited for.
  const response = await responses.where("id", "=", revision.response_id).forShare().executeTakeFirst();
  return response ? { response, revisionId: revision.id } : null;
}
