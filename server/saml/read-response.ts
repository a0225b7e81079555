import type { Claimed } from "../sign-in-providers/claimed.js";
import { refuseForeignAssertion, type Expected } from "./read-assertion.js";
import { refuseForeignResponse, signedParts } from "./response-shape.js";
import { readClaims } from "./saml-claims.js";
import { must } from "./saml-failure.js";
import { attributeOf, type XmlElement } from "./xml/dom.js";
import { isNamed, onlyChild } from "./xml/names.js";
import { parseXml } from "./xml/parse-xml.js";
import { verifiedXml } from "./xml/verified-xml.js";

export interface Trusted extends Expected {
  /** The provider's public keys, PEM. */
  readonly keys: readonly string[];
}

const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

/** Whom a provider vouches for in this answer. All that is read of them comes from bytes that were signed. @throws SamlFailure */
export function readResponse(xml: string, trusted: Trusted): Claimed {
  const response = parseXml(xml);
  refuseForeignResponse(response, trusted);
  must(statusOf(response) === SUCCESS, "status");
  const parts = signedParts(response);
  // As the parser read it, or the digest would be of other line ends.
  const text = xml.replaceAll(/\r\n?/g, "\n");
  const [verified] = parts.map(({ signature }) => parseXml(verifiedXml(text, signature, trusted.keys)));
  must(verified !== undefined, "signature_missing");
  const assertion = isNamed(verified, "samlp:Response") ? onlyChild(verified, "saml:Assertion") : verified;
  must(assertion !== null, "assertions");
  refuseForeignAssertion(assertion, trusted);
  return readClaims(assertion);
}

function statusOf(response: XmlElement): string | null {
  const status = onlyChild(response, "samlp:Status");
  const code = status && onlyChild(status, "samlp:StatusCode");
  return code && attributeOf(code, "Value");
}
