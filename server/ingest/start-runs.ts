import { sql } from "kysely";
import { runKey } from "../../workflows/ledger/effect-key.js";
import { appendFacts, lockRun } from "../../workflows/ledger/run-store.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";

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

/** A later revision of a response: every open run of it learns of it, whether or not the trigger would match again. */
export async function tellOpenRuns(
  tx: Tx,
  vault: Vault,
  { responseId, revisionId }: { responseId: string; revisionId: string },
): Promise<void> {
  const open = await tx
    .withTables<LedgerTables>()
    .selectFrom("run")
    .select("id")
    .where("response_id", "=", responseId)
    .where("revision_id", "!=", revisionId)
    .where("finished_at", "is", null)
    .orderBy("id")
    .execute();
  for (const { id } of open) {
    const run = await lockRun(tx, id);
    // A run that has not begun reads the newest revision when it does.
    if (!run || run.finished_at || run.seq === 0) continue;
    const revised = { kind: "revised", nodeId: null, data: { revisionId } } as const;
    await appendFacts(tx, vault, run, { facts: [revised], dueAt: "now" });
  }
}
