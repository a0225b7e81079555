import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import { isSigned, type Signer } from "../privacy/signer.js";
import type { ErasureCopy, Receipt, ReceiptBody } from "./erasure-api.js";
import type { CopyRow, ErasureRow } from "./erasure-tables.js";

/** How long backups may be kept: what the documentation asks of whoever runs the database. */
const BACKUP_DAYS = 30;
const DAY_MS = 86_400_000;

type NamedCopy = CopyRow & { readonly connection_name: string | null };

export const copyOf = (row: NamedCopy): ErasureCopy => ({
  action: row.action,
  connection: row.connection_name,
  externalId: row.external_id,
  url: row.url,
  key: row.key,
  state: row.state,
  remains: row.remains,
  code: row.code,
});

export const receiptBody = (row: ErasureRow, copies: readonly NamedCopy[], doneAt: Date): ReceiptBody => ({
  erasureId: row.id,
  workspaceId: row.workspace_id,
  ground: row.ground,
  askedAt: row.asked_at.toISOString(),
  doneAt: doneAt.toISOString(),
  deleted: row.deleted,
  copies: copies.map(copyOf),
  backupsUntil: new Date(doneAt.getTime() + BACKUP_DAYS * DAY_MS).toISOString(),
});

export const signReceipt = (signer: Signer, body: ReceiptBody): Receipt => ({
  body,
  keyId: signer.keyId,
  publicKey: signer.publicKey,
  signature: signer.sign(signedText(body)).toString("base64"),
});

export const isReceiptSigned = ({ body, publicKey, signature }: Receipt): boolean =>
  isSigned(publicKey, signedText(body), Buffer.from(signature, "base64"));

const signedText = (body: ReceiptBody): Buffer => Buffer.from(`loopwright erasure receipt\n${canonicalJson(body)}`);
