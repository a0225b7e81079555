import { constants, createPublicKey, verify } from "node:crypto";
import type { SignatureAlgorithm } from "xml-crypto";

interface Signing {
  readonly hash: "sha256" | "sha384" | "sha512";
  readonly key: "rsa" | "ec";
  readonly padding?: "pss";
}

/** By XML Signature's names: keys of two halves, with SHA-2. SHA-1, and keys that both sides share (HMAC), are not among them. */
const signings: Readonly<Record<string, Signing>> = {
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": { hash: "sha256", key: "rsa" },
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": { hash: "sha384", key: "rsa" },
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": { hash: "sha512", key: "rsa" },
  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1": { hash: "sha256", key: "rsa", padding: "pss" },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": { hash: "sha256", key: "ec" },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": { hash: "sha384", key: "ec" },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": { hash: "sha512", key: "ec" },
};

export const SIGNATURES: readonly string[] = Object.keys(signings);

export const DIGESTS: readonly string[] = [
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmlenc#sha512",
];

export const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/** Leaves comments out; there are none anyway. */
export const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** In the place of the library's own, which know neither elliptic curves nor which kind of key they are given. */
export const signatureAlgorithms: Record<string, new () => SignatureAlgorithm> = Object.fromEntries(
  Object.entries(signings).map(([name, signing]) => [name, verifierOf(name, signing)]),
);

function verifierOf(name: string, signing: Signing): new () => SignatureAlgorithm {
  return class {
    readonly getAlgorithmName = (): string => name;
    readonly getSignature = (): never => {
      throw new Error("Loopwright signs no XML");
    };
    readonly verifySignature = (material: string, key: unknown, value: string): boolean =>
      typeof key === "string" && isSigned(signing, key, { bytes: Buffer.from(material), value });
  };
}

/** A key of another kind than the algorithm's signed nothing. */
function isSigned(
  { hash, key: kind, padding }: Signing,
  pem: string,
  { bytes, value }: { readonly bytes: Buffer; readonly value: string },
): boolean {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== kind) return false;
  const how = padding === "pss" ? PSS : { dsaEncoding: "ieee-p1363" as const };
  return verify(hash, bytes, { key, ...how }, Buffer.from(value, "base64"));
}

/** RFC 6931 section 2.3.10: the salt is as long as the hash. */
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
