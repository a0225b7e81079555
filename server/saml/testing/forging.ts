import { constants, createHash, createHmac, sign } from "node:crypto";
import { SignedXml, type HashAlgorithm, type SignatureAlgorithm } from "xml-crypto";
import { ENVELOPED, EXCLUSIVE } from "../xml/algorithms.js";
import type { SigningKey } from "./self-signed.js";

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";

/** How a provider that may be talked into anything signs: what is taken, and what is not. */
const signers: Readonly<Record<string, (bytes: Buffer, key: SigningKey) => Buffer>> = {
  [`${MORE}rsa-sha256`]: (bytes, { privateKey }) => sign("sha256", bytes, privateKey),
  [`${MORE}rsa-sha384`]: (bytes, { privateKey }) => sign("sha384", bytes, privateKey),
  [`${MORE}rsa-sha512`]: (bytes, { privateKey }) => sign("sha512", bytes, privateKey),
  [`${MORE}ecdsa-sha256`]: (bytes, { privateKey: key }) => sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }),
  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1": (bytes, { privateKey: key }) =>
    sign("sha256", bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  "http://www.w3.org/2000/09/xmldsig#rsa-sha1": (bytes, { privateKey }) => sign("sha1", bytes, privateKey),
  "http://www.w3.org/2000/09/xmldsig#hmac-sha1": (bytes, { certificate }) =>
    createHmac("sha1", certificate).update(bytes).digest(),
  [`${MORE}hmac-sha256`]: (bytes, { certificate }) => createHmac("sha256", certificate).update(bytes).digest(),
};

export const SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

export interface Signing {
  readonly key: SigningKey;
  readonly algorithm?: string;
  readonly digest?: string;
  readonly transforms?: string[];
  /** Whose namespaces are signed though nothing of them is used (InclusiveNamespaces). */
  readonly prefixes?: string[];
  /** An XPath of what is signed, where not the assertion. */
  readonly at?: string;
}

/** `certificate` of the key is what an HMAC is made with: it is known to everybody. */
export function signed(
  xml: string,
  { key, at = "//*[local-name(.)='Assertion']", digest = SHA256, ...how }: Signing,
): string {
  const signature = new SignedXml({ privateKey: key.privateKey, publicCert: key.certificate });
  signature.SignatureAlgorithms = Object.fromEntries(Object.keys(signers).map((name) => [name, signerOf(name, key)]));
  signature.HashAlgorithms = { [SHA256]: hashOf("sha256"), [SHA1]: hashOf("sha1") };
  signature.signatureAlgorithm = how.algorithm ?? `${MORE}rsa-sha256`;
  signature.canonicalizationAlgorithm = EXCLUSIVE;
  const transforms = how.transforms ?? [ENVELOPED, EXCLUSIVE];
  const inclusiveNamespacesPrefixList = how.prefixes ?? [];
  signature.addReference({ xpath: at, transforms, digestAlgorithm: digest, inclusiveNamespacesPrefixList });
  signature.computeSignature(xml, {
    prefix: "ds",
    location: { reference: `${at}/*[local-name(.)='Issuer']`, action: "after" },
  });
  return signature.getSignedXml();
}

const signerOf = (name: string, key: SigningKey): new () => SignatureAlgorithm =>
  class {
    readonly getAlgorithmName = (): string => name;
    readonly verifySignature = (): boolean => false;
    readonly getSignature = (bytes: unknown): string =>
      signers[name]?.(Buffer.from(String(bytes)), key).toString("base64") ?? "";
  };

const hashOf = (hash: string): new () => HashAlgorithm =>
  class {
    readonly getAlgorithmName = (): string => (hash === "sha1" ? SHA1 : SHA256);
    readonly getHash = (xml: string): string => createHash(hash).update(xml).digest("base64");
  };
