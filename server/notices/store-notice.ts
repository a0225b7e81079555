import { sql } from "kysely";
import { insertEffects } from "../../workflows/ledger/effect-store.js";
import { ownerOfNotice } from "../../workflows/ledger/owner.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";

/** A write to the outside that belongs to no open run. */
export interface NoticeToStore {
  readonly workspaceId: string;
  readonly kind: string;
  readonly about: { readonly kind: string; readonly id: string };
  readonly effect: {
    readonly nodeId: string;
    readonly action: string;
    readonly connectionId: string | null;
    readonly input: Readonly<Record<string, unknown>>;
  };
}

const TRY_FOR_MS = 24 * 3_600_000;

/** An effect like any other: kept first, with an owner and a driver of its own, then sent durably and once. */
export async function storeNotice(
  tx: Tx,
  { vault, installationId }: { readonly vault: Vault; readonly installationId: string },
  { workspaceId, kind, about, effect }: NoticeToStore,
): Promise<void> {
  const [id, subjectId] = [uuidv7(), uuidv7()];
  await vault.createSubjects(tx, [{ id: subjectId, workspaceId, kind: "notice" }]);
  const row = await tx
    .withTables<LedgerTables>()
    .insertInto("notice")
    .values({
      id,
      workspace_id: workspaceId,
      subject_id: subjectId,
      kind,
      about_kind: about.kind,
      about_id: about.id,
      due_at: sql<Date>`lw_now()`,
      created_at: sql<Date>`lw_now()`,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const planned = {
    ...effect,
    effectId: uuidv7(),
    slot: "main",
    iteration: 0,
    retryUntil: new Date(Date.now() + TRY_FOR_MS),
    onAmbiguous: "park",
    closing: false,
  } as const;
  await insertEffects(tx, { sealer: vault, installationId }, [{ owner: ownerOfNotice(row), effects: [planned] }]);
}
