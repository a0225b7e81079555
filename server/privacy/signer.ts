import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Vouches for what leaves the database. Its key is derived from the KEK, so it never is in the database itself. */
export interface Signer {
  /** First eight bytes of the public key's hash, in hexadecimal. */
  readonly keyId: string;
  /** SPKI, base64: what an auditor keeps elsewhere, to verify with. */
  readonly publicKey: string;
  /** Ed25519. */
  sign(bytes: Buffer): Buffer;
}

/** From 32 secret bytes. */
export function createSigner(seed: Buffer): Signer {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).toString("base64");
  return { publicKey, keyId: publicKeyId(publicKey), sign: (bytes) => sign(null, bytes, privateKey) };
}

export const publicKeyId = (publicKey: string): string =>
  createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 16);

export const isSigned = (publicKey: string, bytes: Buffer, signature: Buffer): boolean =>
  verify(
    null,
    bytes,
    createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" }),
    signature,
  );
