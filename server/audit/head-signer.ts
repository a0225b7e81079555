import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import type { Head } from "./chain.js";

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** What vouches for the end of a chain. Its key is derived from the KEK, so it never is in the database. */
export interface HeadSigner {
  /** First eight bytes of the public key's hash, in hexadecimal. */
  readonly keyId: string;
  /** SPKI, base64: what an auditor keeps elsewhere, to verify with. */
  readonly publicKey: string;
  sign(head: Head): Buffer;
}

/** From 32 secret bytes. */
export function createHeadSigner(seed: Buffer): HeadSigner {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).toString("base64");
  return {
    publicKey,
    keyId: keyIdOf(publicKey),
    sign: (head) => sign(null, signedText(head), privateKey),
  };
}

export const keyIdOf = (publicKey: string): string =>
  createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 16);

export function isSignedBy(publicKey: string, head: Head, signature: Buffer): boolean {
  return verify(null, signedText(head), readPublicKey(publicKey), signature);
}

const readPublicKey = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });

const signedText = ({ workspace_id, seq, hash }: Head): Buffer =>
  Buffer.from(`loopwright audit head\n${workspace_id}\n${seq}\n${hash.toString("hex")}`);
