import { createHash } from "node:crypto";

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * What the remote system is told to know an effect by: the same for every attempt and after any loss of Temporal, different for
 * everything else. `lw_` and 52 characters of `[a-z2-7]`.
 */
export function effectKey(parts: {
  installationId: string;
  runKey: string;
  nodeId: string;
  slot: string;
  iteration: number;
}): string {
  return `lw_${base32(hash([parts.installationId, parts.runKey, parts.nodeId, parts.slot, String(parts.iteration)]))}`;
}

/** The run's part of its effects' keys. */
export const runKey = (parts: { sourceId: string; externalId: string; flowId: string; ordinal: number }): string =>
  base32(hash([parts.sourceId, parts.externalId, parts.flowId, String(parts.ordinal)]));

/** Lengths keep ("ab", "c") and ("a", "bc") apart. */
function hash(parts: readonly string[]): Buffer {
  const sha = createHash("sha256");
  for (const part of parts) sha.update(`${Buffer.byteLength(part)}:`).update(part);
  return sha.digest();
}

function base32(bytes: Buffer): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      text += BASE32.charAt((value >>> (bits - 5)) & 31);
      bits -= 5;
    }
  }
  return bits > 0 ? text + BASE32.charAt((value << (5 - bits)) & 31) : text;
}
