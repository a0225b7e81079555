import { must } from "./saml-failure.js";
import { attributeOf, textOf, withDescendants, type XmlElement } from "./xml/dom.js";
import { childrenNamed, isNamed, onlyChild } from "./xml/names.js";
import { refuseSignatureShape } from "./xml/signature-shape.js";

export interface SignedPart {
  readonly signed: XmlElement;
  readonly signature: XmlElement;
}

/**
 * What is signed of a response: the whole, its assertion, or both, the whole first. One assertion stands in the whole document, right
 * below the response, and signatures stand nowhere but right below these two: a second assertion to read while another is
 * verified has no place to be (signature wrapping).
 * @throws SamlFailure
 */
export function signedParts(response: XmlElement): SignedPart[] {
  const elements = withDescendants(response);
  must(!elements.some(({ localName }) => /^Encrypted(Assertion|ID|Attribute)$/.test(localName)), "encrypted");
  const assertions = elements.filter(({ localName }) => localName === "Assertion");
  const assertion = onlyChild(response, "saml:Assertion");
  must(assertion !== null && assertions.length === 1, "assertions");
  must(!elements.slice(1).some((one) => isNamed(one, "samlp:Response")), "assertions");
  const parts = [response, assertion].flatMap((signed) => {
    const signature = onlyChild(signed, "ds:Signature");
    return signature ? [{ signed, signature }] : [];
  });
  const signatures = elements.filter(({ localName }) => localName === "Signature");
  must(signatures.length > 0, "signature_missing");
  must(signatures.length === parts.length, "signature_misplaced");
  for (const { signed, signature } of parts) refuseSignatureShape(signed, signature);
  return parts;
}

interface Ours {
  readonly issuer: string;
  readonly recipient: string;
  readonly requestId: string;
}

/** What a response says of itself, signed or not: what does not fit is refused before anything else is looked at. */
export function refuseForeignResponse(response: XmlElement, { issuer, recipient, requestId }: Ours): void {
  must(isNamed(response, "samlp:Response") && attributeOf(response, "Version") === "2.0", "not_a_response");
  // SAML Bindings section 3.5.5.2: one that is signed says where it goes.
  const destination = attributeOf(response, "Destination") ?? (onlyChild(response, "ds:Signature") ? "" : recipient);
  must(destination === recipient, "destination");
  must(attributeOf(response, "InResponseTo") === requestId, "in_response_to");
  must(
    childrenNamed(response, "saml:Issuer").every((one) => textOf(one)?.trim() === issuer),
    "issuer",
  );
}
