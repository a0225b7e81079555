import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../db/database.js";
import type { AuditTables } from "./audit.js";
import { headsOf } from "./chain.js";
import type { HeadSigner } from "./head-signer.js";

/** One line of the exported file: the end of a workspace's chain at a time, and who vouches for it. */
export const exportedHeadSchema = z.object({
  workspaceId: z.uuid(),
  seq: z.number().int().positive(),
  /** Hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  signedAt: z.iso.datetime(),
  keyId: z.string(),
  publicKey: z.base64(),
  signature: z.base64(),
});
export type ExportedHead = z.infer<typeof exportedHeadSchema>;

/** Signs the ends of chains that grew since they were last signed, and answers them for the export. Two processes never sign the same. */
export async function signHeads(tx: Tx, signer: HeadSigner): Promise<ExportedHead[]> {
  const { rows: grown } = await sql<{ id: string }>`
    select workspace.id from workspace where exists (
      select 1 from audit_event where workspace_id = workspace.id and seq > coalesce(
        (select max(seq) from audit_head where audit_head.workspace_id = workspace.id), 0))
    order by workspace.id for update`.execute(tx);
  const heads = [
    ...(
      await headsOf(
        tx,
        grown.map(({ id }) => id),
      )
    ).values(),
  ];
  if (heads.length === 0) return [];
  const signed = heads.map((head) => ({ ...head, key_id: signer.keyId, signature: signer.sign(head) }));
  const rows = await tx
    .withTables<AuditTables>()
    .insertInto("audit_head")
    .values(signed.map((head) => ({ ...head, signed_at: new Date() })))
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .execute();
  return rows.map(({ workspace_id, seq, hash, key_id, signature, signed_at }) => ({
    ...{ workspaceId: workspace_id, seq, hash: hash.toString("hex"), signedAt: signed_at.toISOString() },
    ...{ keyId: key_id, publicKey: signer.publicKey, signature: signature.toString("base64") },
  }));
}
