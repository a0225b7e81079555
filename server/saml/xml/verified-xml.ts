import { SignedXml } from "xml-crypto";
import { SamlFailure } from "../saml-failure.js";
import { DIGESTS, ENVELOPED, EXCLUSIVE, signatureAlgorithms } from "./algorithms.js";
import type { XmlElement } from "./dom.js";

/**
 * The bytes that were signed, which alone may be read afterwards. Keys are PEM, and ours: what the signature brings along in `KeyInfo`
 * counts for nothing.
 * @throws SamlFailure
 */
export function verifiedXml(xml: string, signature: XmlElement, keys: readonly string[]): string {
  for (const key of keys) {
    const bytes = signedBytes(xml, signature, key);
    if (bytes !== null) return bytes;
  }
  throw new SamlFailure("signature_wrong");
}

/** Null where this key did not sign it. */
function signedBytes(xml: string, signature: XmlElement, key: string): string | null {
  const signed = new SignedXml({ publicCert: key, getCertFromKeyInfo: () => null });
  narrow(signed);
  try {
    signed.loadSignature(signature);
    if (!signed.checkSignature(xml)) return null;
  } catch {
    // The library throws for a wrong signature as for one that it cannot read.
    return null;
  }
  const [bytes, ...more] = signed.getSignedReferences();
  return more.length === 0 ? (bytes ?? null) : null;
}

/** The shape was looked at before; here the library itself knows nothing weaker. */
function narrow(signed: SignedXml): void {
  signed.SignatureAlgorithms = signatureAlgorithms;
  signed.HashAlgorithms = only(signed.HashAlgorithms, DIGESTS);
  signed.CanonicalizationAlgorithms = only(signed.CanonicalizationAlgorithms, [ENVELOPED, EXCLUSIVE]);
}

const only = <Algorithms extends object>(known: Algorithms, names: readonly string[]): Algorithms =>
  // Fewer of the same.
  Object.fromEntries(Object.entries(known).filter(([name]) => names.includes(name))) as Algorithms;
