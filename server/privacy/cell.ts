import type { KeyObject } from "node:crypto";
import { OVERHEAD_BYTES, openBytes, sealBytes } from "./aes-gcm.js";

/**
 * The one format of a sealed column: version, key id, nonce, AES-256-GCM ciphertext, tag. The cell names its key, and its
 * additional data names its place, so that a cell copied to another row or column does not open.
 */
const VERSION = 1;
const KEY_ID_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const JSON_VALUE = 0;
const BYTES_VALUE = 1;

export interface SubjectKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** `place` is `table.column|row`. JSON values and raw bytes come back as what they were. */
export function sealCell(key: SubjectKey, place: string, value: unknown): Buffer {
  const header = Buffer.concat([Buffer.of(VERSION), uuidToBytes(key.id)]);
  return Buffer.concat([header, sealBytes(key.key, boundTo(header, place), encode(value))]);
}

/** Throws when the cell was tampered with, or stands in another place than it was sealed for. */
export function openCell(key: KeyObject, place: string, cell: Buffer): unknown {
  const header = cell.subarray(0, HEADER_BYTES);
  return decode(openBytes(key, boundTo(header, place), cell.subarray(HEADER_BYTES)));
}

export function keyIdOf(cell: Buffer): string {
  if (cell[0] !== VERSION || cell.length < HEADER_BYTES + OVERHEAD_BYTES)
    throw new Error(
      "A column that should be sealed holds something else: was it written by hand or by a newer version?",
    );
  const hex = cell.subarray(1, HEADER_BYTES).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const boundTo = (header: Buffer, place: string): Buffer => Buffer.concat([header, Buffer.from(place, "utf8")]);

const encode = (value: unknown): Buffer =>
  Buffer.isBuffer(value)
    ? Buffer.concat([Buffer.of(BYTES_VALUE), value])
    : Buffer.concat([Buffer.of(JSON_VALUE), Buffer.from(JSON.stringify(value), "utf8")]);

const decode = (plain: Buffer): unknown =>
  plain[0] === BYTES_VALUE ? plain.subarray(1) : (JSON.parse(plain.subarray(1).toString("utf8")) as unknown);

const uuidToBytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
