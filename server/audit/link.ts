import { createHash } from "node:crypto";
import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import type { AuditRow } from "./audit.js";

/** What the first event of a workspace is chained to. */
export const CHAIN_START = Buffer.alloc(32);

/** SHA-256 over the hash before and the event with its place, as JSON with sorted keys (RFC 8785: only strings, integers, booleans and null occur). */
export const linkHash = (before: Buffer, row: Omit<AuditRow, "hash" | "seq"> & { readonly seq: number }): Buffer =>
  createHash("sha256")
    .update(before)
    .update(
      canonicalJson({
        ...{ seq: row.seq, id: row.id, workspaceId: row.workspace_id, at: row.at.toISOString() },
        ...{ actorKind: row.actor_kind, actorId: row.actor_id, action: row.action },
        ...{ targetKind: row.target_kind, targetId: row.target_id, data: row.data },
      }),
    )
    .digest();
