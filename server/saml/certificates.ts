import { X509Certificate, type KeyObject } from "node:crypto";
import type { SamlCertificate } from "./saml-api.js";
import { must, SamlFailure } from "./saml-failure.js";

const LEAST_BITS = 2_048;
/** NIST's P-256, P-384 and P-521, as OpenSSL calls them. */
const CURVES = ["prime256v1", "secp384r1", "secp521r1"];

/** A certificate as providers write it: PEM, or what stands between its lines. @throws SamlFailure */
export function readCertificate(text: string): X509Certificate {
  const base64 = text.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  const certificate = parsed(base64);
  must(isStrong(certificate.publicKey), "certificate");
  return certificate;
}

function isStrong({ asymmetricKeyType: kind, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (kind === "rsa") return (details?.modulusLength ?? 0) >= LEAST_BITS;
  return kind === "ec" && CURVES.includes(details?.namedCurve ?? "");
}

function parsed(base64: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch (cause) {
    throw new SamlFailure("certificate", { cause });
  }
}

/** The key alone: when a certificate ends is for admins to see. Providers sign on with old ones, and nobody else vouches for them. */
export const publicKeyOf = (pem: string): string =>
  // PEM is asked for, and PEM is a text.
  new X509Certificate(pem).publicKey.export({ type: "spki", format: "pem" }) as string;

export function certificateView(pem: string): SamlCertificate {
  const { fingerprint256, validTo } = new X509Certificate(pem);
  return { pem, fingerprint: fingerprint256, validUntil: new Date(validTo).toISOString() };
}
