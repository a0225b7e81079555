import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { PlannedEffect } from "../flow/evaluate.js";
import { claimEffects, type Claim, type ClaimRequest } from "../ledger/claim.js";
import { findEffects, insertEffects, type EffectRow } from "../ledger/effect-store.js";
import { ownerOfRun, type OwnerRef } from "../ledger/owner.js";
import { findRun, type RunRow } from "../ledger/run-store.js";
import type { LedgerTables } from "../ledger/tables.js";
import { transact } from "../ledger/transact.js";
import type { Db, Reader, Tx } from "../ledger/tx.js";
import { uuidv7 } from "../ledger/uuid.js";
import type { Sealer } from "../ports.js";

/** A queued run, due now; with a key it is the last of those who wait for their turn. */
export async function aRun(
  db: Db,
  difference: Partial<{ workspaceId: string; flowId: string; dueAt: Date; driven: boolean; flowKey: Buffer }> = {},
): Promise<RunRow> {
  const id = uuidv7();
  await db
    .withTables<LedgerTables>()
    .insertInto("run")
    .values({
      id,
      workspace_id: difference.workspaceId ?? randomUUID(),
      flow_id: difference.flowId ?? randomUUID(),
      flow_version_id: randomUUID(),
      response_id: randomUUID(),
      revision_id: randomUUID(),
      ordinal: 0,
      subject_id: randomUUID(),
      key: id,
      state: "queued",
      outcome: null,
      due_at: difference.dueAt ?? new Date(Date.now() - 1_000),
      driven: difference.driven ?? false,
      created_at: new Date(),
      finished_at: null,
      flow_key: difference.flowKey ?? null,
      ...(difference.flowKey && { turn: sql<number>`nextval('run_turn')` }),
    })
    .execute();
  const run = await findRun(db, id);
  if (!run) throw new Error("the run was not stored");
  return run;
}

export async function anEffect(
  db: Db,
  sealer: Sealer,
  run: RunRow,
  difference: Partial<PlannedEffect> = {},
): Promise<string> {
  const effectId = uuidv7();
  const effect: PlannedEffect = {
    effectId,
    nodeId: "action1",
    slot: "main",
    iteration: 0,
    action: "slack.postMessage@1",
    connectionId: randomUUID(),
    input: { text: "hello" },
    retryUntil: new Date(Date.now() + 3_600_000),
    onAmbiguous: "park",
    closing: false,
    ...difference,
  };
  await transact(db, (tx) =>
    insertEffects(tx, { sealer, installationId: "test" }, [{ owner: ownerOfRun(run), effects: [effect] }]),
  );
  return effect.effectId;
}

export async function findEffect(reader: Reader, effectId: string): Promise<EffectRow | null> {
  const [effect = null] = await findEffects(reader, [effectId]);
  return effect;
}

/** In the order made. */
export async function attemptsOf(reader: Reader, effectId: string) {
  const query = reader.withTables<LedgerTables>().selectFrom("effect_attempt").select(["kind", "outcome"]);
  return query.where("effect_id", "=", effectId).orderBy("number").execute();
}

export async function claimEffect(tx: Tx, owner: OwnerRef, request: ClaimRequest): Promise<Claim> {
  const [claim] = await claimEffects(tx, [{ owner, request }]);
  return claim!;
}
