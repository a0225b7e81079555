import { sql } from "kysely";
import type { NewFact } from "../../workflows/flow/facts.js";
import { runKey } from "../../workflows/ledger/effect-key.js";
import { appendFacts, beginning, lockRun } from "../../workflows/ledger/run-store.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import type { IngestTables } from "./ingest-tables.js";

/** A published flow's trigger matched a revision. */
export interface StartRequest {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly externalId: string;
  readonly responseId: string;
  readonly subjectId: string;
  readonly revisionId: string;
  readonly revisionOrdinal: number;
  readonly flowId: string;
  readonly versionId: string;
  readonly onEveryChange: boolean;
}

/**
 * At most one run per flow and response, unless the trigger says "on every change": the unique (flow, response, ordinal) is the
 * judge.
 */
export async function startRuns(tx: Tx, requests: readonly StartRequest[]): Promise<void> {
  if (requests.length === 0) return;
  const rows = requests.map((request) => {
    const ordinal = request.onEveryChange ? request.revisionOrdinal : 0;
    return {
      id: uuidv7(),
      workspace_id: request.workspaceId,
      flow_id: request.flowId,
      flow_version_id: request.versionId,
      response_id: request.responseId,
      revision_id: request.revisionId,
      ordinal,
      subject_id: request.subjectId,
      key: runKey({ ...request, ordinal }),
      state: "queued" as const,
      outcome: null,
      due_at: sql<Date>`lw_now()`,
      created_at: sql<Date>`lw_now()`,
      finished_at: null,
    };
  });
  await tx
    .withTables<LedgerTables>()
    .insertInto("run")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["flow_id", "response_id", "ordinal"]).doNothing())
    .execute();
}

/**
 * A later revision of a response: every open run of it that an earlier one started learns of it, whether or not the trigger would
 * match again. A run that has not begun is begun here: somebody may be deciding its first step by the older words at this moment,
 * and only a run that has moved makes them look again. It keeps the revision that started it: a redelivery of that one is answered with
 * this run.
 */
export async function tellOpenRuns(
  tx: Tx,
  vault: Vault,
  { responseId, revisionId, ordinal }: { responseId: string; revisionId: string; ordinal: number },
): Promise<void> {
  const open = await tx
    .withTables<LedgerTables & IngestTables>()
    .selectFrom("run")
    .select("id")
    .where("response_id", "=", responseId)
    .where("revision_id", "not in", (query) =>
      query
        .selectFrom("revision")
        .select("revision.id")
        .where("revision.response_id", "=", responseId)
        .where("revision.ordinal", ">=", ordinal),
    )
    .where("finished_at", "is", null)
    .orderBy("id")
    .execute();
  for (const { id } of open) {
    const run = await lockRun(tx, id);
    if (!run || run.finished_at) continue;
    const revised: NewFact = { kind: "revised", nodeId: null, data: { revisionId } };
    await appendFacts(tx, vault, run, { facts: [...beginning(run), revised], dueAt: "now" });
  }
}
