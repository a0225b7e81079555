import { z } from "zod";
import { nameOf, type Claimed } from "../sign-in-providers/claimed.js";
import { nameIdOf } from "./read-assertion.js";
import { attributeOf, textOf, type XmlElement } from "./xml/dom.js";
import { childrenNamed } from "./xml/names.js";

/** What providers call an e-mail address: plain, in LDAP (RFC 4524), and as Entra ID and AD FS name claims. */
const EMAIL_NAMES = [
  "email",
  "mail",
  "emailaddress",
  "urn:oid:0.9.2342.19200300.100.1.3",
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
];

/** And what a person is called. */
const PERSON_NAMES = [
  "displayname",
  "name",
  "cn",
  "urn:oid:2.16.840.1.113730.3.1.241",
  "urn:oid:2.5.4.3",
  "http://schemas.microsoft.com/identity/claims/displayname",
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
];

const emailSchema = z.email().max(254);
const isEmail = (text: string): boolean => emailSchema.safeParse(text).success;

/**
 * Who a verified assertion says somebody is. SAML has no word for an address that was verified: the provider is the company's own, and
 * its admins named the domains that it may speak for.
 */
export function readClaims(assertion: XmlElement): Claimed {
  const { subject, value } = nameIdOf(assertion);
  const attributes = attributesOf(assertion);
  const email = firstOf(attributes, EMAIL_NAMES).find(isEmail) ?? (isEmail(value) ? value : null);
  const name = nameOf([...firstOf(attributes, PERSON_NAMES), email?.split("@")[0], value]);
  return { subject, email, isVerified: true, name };
}

type Attributes = ReadonlyMap<string, string>;

/** By their names in small letters, the first value of each. */
function attributesOf(assertion: XmlElement): Attributes {
  const found = new Map<string, string>();
  for (const attribute of childrenNamed(assertion, "saml:AttributeStatement").flatMap((statement) =>
    childrenNamed(statement, "saml:Attribute"),
  )) {
    const name = attributeOf(attribute, "Name")?.toLowerCase() ?? "";
    const [value] = childrenNamed(attribute, "saml:AttributeValue").map(textOf);
    if (value && !found.has(name)) found.set(name, value.trim());
  }
  return found;
}

const firstOf = (attributes: Attributes, names: readonly string[]): string[] =>
  names.map((name) => attributes.get(name)).filter((value) => value !== undefined);
