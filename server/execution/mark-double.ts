import { sql } from "kysely";
import { insertEffects, type EffectRow } from "../../workflows/ledger/effect-store.js";
import { ownerOfNotice } from "../../workflows/ledger/owner.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";

interface Mark {
  /** What doubled. */
  readonly effect: EffectRow;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const TRY_FOR_MS = 24 * 3_600_000;

/** A write to the outside like any other: kept first, then sent durably and once. Its owner is a notice, because the run may be over. */
export async function storeMark(
  tx: Tx,
  { vault, installationId }: { readonly vault: Vault; readonly installationId: string },
  { effect, action, input }: Mark,
): Promise<void> {
  const [id, subjectId, workspaceId] = [uuidv7(), uuidv7(), effect.workspace_id];
  await vault.createSubjects(tx, [{ id: subjectId, workspaceId, kind: "notice" }]);
  const row = await tx
    .withTables<LedgerTables>()
    .insertInto("notice")
    .values({
      id,
      workspace_id: workspaceId,
      subject_id: subjectId,
      kind: "double_marked",
      about_kind: "effect",
      about_id: effect.id,
      due_at: sql<Date>`lw_now()`,
      created_at: sql<Date>`lw_now()`,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const owner = ownerOfNotice(row);
  if (!owner) throw new Error("a notice that was just stored owns nothing");
  const planned = {
    effectId: uuidv7(),
    nodeId: "mark",
    slot: "main",
    iteration: 0,
    action,
    connectionId: effect.connection_id,
    input,
    retryUntil: new Date(Date.now() + TRY_FOR_MS),
    onAmbiguous: "park",
    closing: false,
  } as const;
  await insertEffects(tx, { sealer: vault, installationId }, { owner, effects: [planned] });
}
