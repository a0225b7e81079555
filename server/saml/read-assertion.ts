import { must, SamlFailure } from "./saml-failure.js";
import { attributeOf, elementsIn, textOf, type XmlElement } from "./xml/dom.js";
import { childrenNamed, isNamed, NAME_FORMATS, onlyChild } from "./xml/names.js";

/** What an assertion must say to be meant for us, now, in answer to this attempt. */
export interface Expected {
  /** The provider's entity id. */
  readonly issuer: string;
  /** Our own. */
  readonly audience: string;
  /** Where we take answers. */
  readonly recipient: string;
  readonly requestId: string;
  readonly now: Date;
}

export interface NameId {
  /** Who they are for good: of one value there may be several, told apart by who gave it. */
  readonly subject: string;
  readonly value: string;
}

/** Milliseconds that the provider's clock and ours may be apart. */
const SKEW_MS = 60_000;
const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** SAML Profiles section 4.1.4.3, of an assertion whose signature was verified. @throws SamlFailure */
export function refuseForeignAssertion(assertion: XmlElement, expected: Expected): void {
  must(isNamed(assertion, "saml:Assertion") && attributeOf(assertion, "Version") === "2.0", "not_a_response");
  const issuer = onlyChild(assertion, "saml:Issuer");
  must(issuer !== null && textOf(issuer)?.trim() === expected.issuer, "issuer");
  refuseConditions(assertion, expected);
  const subject = onlyChild(assertion, "saml:Subject");
  must(subject !== null, "subject");
  refuseUnconfirmed(subject, expected);
  must(childrenNamed(assertion, "saml:AuthnStatement").length > 0, "subject");
}

function refuseConditions(assertion: XmlElement, { audience, now }: Expected): void {
  const conditions = onlyChild(assertion, "saml:Conditions");
  must(conditions !== null, "condition");
  refuseUntimely(conditions, now);
  const restrictions = childrenNamed(conditions, "saml:AudienceRestriction");
  must(restrictions.length > 0, "audience");
  for (const restriction of restrictions)
    must(
      childrenNamed(restriction, "saml:Audience").some((one) => textOf(one)?.trim() === audience),
      "audience",
    );
  // SAML Core section 2.5.1: what is not understood is not fulfilled.
  must(
    elementsIn(conditions).every((one) => KNOWN_CONDITIONS.some((name) => isNamed(one, name))),
    "condition",
  );
}

const KNOWN_CONDITIONS = ["saml:AudienceRestriction", "saml:OneTimeUse", "saml:ProxyRestriction"] as const;

/** One way in which the provider says that the bearer is the subject has to be meant for us. */
function refuseUnconfirmed(subject: XmlElement, expected: Expected): void {
  const confirmations = childrenNamed(subject, "saml:SubjectConfirmation")
    .filter((one) => attributeOf(one, "Method") === BEARER)
    .map((one) => failureOf(one, expected));
  must(confirmations.length > 0, "subject");
  const [failure = null] = confirmations;
  if (failure && !confirmations.includes(null)) throw failure;
}

function failureOf(confirmation: XmlElement, expected: Expected): SamlFailure | null {
  try {
    const data = onlyChild(confirmation, "saml:SubjectConfirmationData");
    must(data !== null, "subject");
    must(attributeOf(data, "Recipient") === expected.recipient, "recipient");
    must(attributeOf(data, "InResponseTo") === expected.requestId, "in_response_to");
    must(attributeOf(data, "NotOnOrAfter") !== null, "time");
    refuseUntimely(data, expected.now);
    return null;
  } catch (error) {
    if (error instanceof SamlFailure) return error;
    throw error;
  }
}

function refuseUntimely(element: XmlElement, now: Date): void {
  const [from, until] = [attributeOf(element, "NotBefore"), attributeOf(element, "NotOnOrAfter")];
  must(from === null || now.getTime() + SKEW_MS >= instantOf(from), "time");
  must(until === null || now.getTime() - SKEW_MS < instantOf(until), "time");
}

/** xs:dateTime with a zone, in milliseconds. */
function instantOf(text: string): number {
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const instant = isWhole ? Date.parse(text) : NaN;
  must(!Number.isNaN(instant), "time");
  return instant;
}

/** By what they are known again. @throws SamlFailure where it is another each time. */
export function nameIdOf(assertion: XmlElement): NameId {
  const subject = onlyChild(assertion, "saml:Subject");
  const nameId = subject && onlyChild(subject, "saml:NameID");
  must(nameId !== null, "subject");
  const [value, format] = [textOf(nameId)?.trim() ?? "", attributeOf(nameId, "Format") ?? NAME_FORMATS.unspecified];
  must(value !== "" && value.length <= 1_024, "subject");
  must(format !== NAME_FORMATS.transient, "passing_name");
  return { subject: JSON.stringify([format, attributeOf(nameId, "NameQualifier"), value]), value };
}
