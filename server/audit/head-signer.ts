import { createSigner, isSigned, type Signer } from "../privacy/signer.js";
import type { Head } from "./chain.js";

/** What vouches for the end of a chain. */
export interface HeadSigner extends Omit<Signer, "sign"> {
  sign(head: Head): Buffer;
}

/** From 32 secret bytes. */
export function createHeadSigner(seed: Buffer): HeadSigner {
  const { sign, ...key } = createSigner(seed);
  return { ...key, sign: (head) => sign(signedText(head)) };
}

export const isSignedBy = (publicKey: string, head: Head, signature: Buffer): boolean =>
  isSigned(publicKey, signedText(head), signature);

const signedText = ({ workspace_id, seq, hash }: Head): Buffer =>
  Buffer.from(`loopwright audit head\n${workspace_id}\n${seq}\n${hash.toString("hex")}`);
