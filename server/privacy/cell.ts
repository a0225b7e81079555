import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/**
 * The one format of a sealed column: version, key id, nonce, AES-256-GCM ciphertext, tag. The cell names its key, and its
 * additional data names its place, so that a cell copied to another row or column does not open.
 */
const VERSION = 1;
const KEY_ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;
const JSON_VALUE = 0;
const BYTES_VALUE = 1;

export interface SubjectKey {
  readonly id: string;
  readonly key: Buffer;
}

/** `place` is `table.column|row`. JSON values and raw bytes come back as what they were. */
export function sealCell(key: SubjectKey, place: string, value: unknown): Buffer {
  const header = Buffer.concat([Buffer.of(VERSION), uuidToBytes(key.id), randomBytes(NONCE_BYTES)]);
  const cipher = createCipheriv("aes-256-gcm", key.key, header.subarray(1 + KEY_ID_BYTES));
  cipher.setAAD(additionalData(header, place));
  return Buffer.concat([header, cipher.update(encode(value)), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when the cell was tampered with, or stands in another place than it was sealed for. */
export function openCell(key: Buffer, place: string, cell: Buffer): unknown {
  const header = cell.subarray(0, HEADER_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, header.subarray(1 + KEY_ID_BYTES));
  decipher.setAAD(additionalData(header, place));
  decipher.setAuthTag(cell.subarray(cell.length - TAG_BYTES));
  const body = cell.subarray(HEADER_BYTES, cell.length - TAG_BYTES);
  return decode(Buffer.concat([decipher.update(body), decipher.final()]));
}

export function keyIdOf(cell: Buffer): string {
  if (cell[0] !== VERSION || cell.length < HEADER_BYTES + TAG_BYTES) throw new Error("this is not a sealed cell");
  const hex = cell.subarray(1, 1 + KEY_ID_BYTES).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const additionalData = (header: Buffer, place: string): Buffer =>
  Buffer.concat([header.subarray(0, 1 + KEY_ID_BYTES), Buffer.from(place, "utf8")]);

const encode = (value: unknown): Buffer =>
  Buffer.isBuffer(value)
    ? Buffer.concat([Buffer.of(BYTES_VALUE), value])
    : Buffer.concat([Buffer.of(JSON_VALUE), Buffer.from(JSON.stringify(value), "utf8")]);

const decode = (plain: Buffer): unknown =>
  plain[0] === BYTES_VALUE ? plain.subarray(1) : (JSON.parse(plain.subarray(1).toString("utf8")) as unknown);

const uuidToBytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
