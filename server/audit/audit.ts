import type { ColumnType, Selectable } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { AuditAction } from "./audit-api.js";

export interface AuditEntry {
  readonly workspaceId: string;
  readonly actor: { readonly kind: "member" | "token" | "person" | "system"; readonly id: string | null };
  readonly action: AuditAction;
  readonly target: { readonly kind: string; readonly id: string };
  /** Ids, codes and numbers only: erasure never edits this table. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

export type AuditTables = {
  audit_event: {
    id: string;
    workspace_id: string;
    at: ColumnType<Date, Date | string, never>;
    actor_kind: string;
    actor_id: string | null;
    action: string;
    target_kind: string;
    target_id: string;
    data: ColumnType<object, string, never>;
    /** Its place in the workspace's chain, from 1; null until the chainer has come by. */
    seq: number | null;
    hash: Buffer | null;
  };
  audit_head: {
    workspace_id: string;
    seq: number;
    hash: Buffer;
    key_id: string;
    signature: Buffer;
    signed_at: ColumnType<Date, Date | string, never>;
  };
};
export type AuditRow = Selectable<AuditTables["audit_event"]>;

/** Who does something: an actor of a request, or this installation itself. */
export type Doer = Pick<AuditEntry, "workspaceId"> & AuditEntry["actor"] & { readonly seeding?: true };

/** What is told of a deed besides who did it and where. */
export type Deed = Pick<AuditEntry, "action" | "target" | "data">;

export const auditBy = (tx: Tx, { workspaceId, kind, id, seeding }: Doer, deed: Deed): Promise<void> =>
  audit(tx, { workspaceId, actor: seeding ? { kind: "system", id: null } : { kind, id }, ...deed });

/** The one way to write the audit: in the transaction of what it tells of. */
export async function audit(tx: Tx, { workspaceId, actor, action, target, data }: AuditEntry): Promise<void> {
  await tx
    .withTables<AuditTables>()
    .insertInto("audit_event")
    .values({
      id: uuidv7(),
      workspace_id: workspaceId,
      at: new Date(),
      actor_kind: actor.kind,
      actor_id: actor.id,
      action,
      target_kind: target.kind,
      target_id: target.id,
      data: JSON.stringify(data ?? {}),
      seq: null,
      hash: null,
    })
    .execute();
}
