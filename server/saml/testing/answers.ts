import { randomBytes } from "node:crypto";
import samlify from "samlify";
import { ownAddresses } from "../saml-addresses.js";
import { spMetadata } from "../sp-metadata.js";
import { BINDINGS, NAME_FORMATS } from "../xml/names.js";
import type { SigningKey } from "./self-signed.js";

const { IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } = samlify;
setSchemaValidator({ validate: () => Promise.resolve("not looked at") });

export const ENTITY_ID = "https://idp.example.com/saml";

/** Somebody with an account at the provider. */
export interface Person {
  readonly nameId: string;
  readonly format?: string;
  readonly email?: string;
  readonly name?: string;
}

export interface Answering {
  readonly publicUrl: string;
  readonly key: SigningKey;
  readonly requestId: string;
  readonly person: Person;
  /** What is signed. */
  readonly signed?: "assertion" | "response" | "both";
  readonly algorithm?: string;
  /** What the provider says, before it signs it. */
  readonly change?: (xml: string) => string;
  readonly now?: Date;
}

const MINUTE_MS = 60_000;

/** An answer as a real provider makes it (samlify), in XML. */
export async function makeAnswer(answering: Answering): Promise<string> {
  const { publicUrl, signed = "assertion" } = answering;
  const metadata = spMetadata(ownAddresses(publicUrl)).replace(
    'WantAssertionsSigned="true"',
    `WantAssertionsSigned="${signed !== "response"}"`,
  );
  const told = ServiceProvider({ metadata, wantMessageSigned: signed !== "assertion", signatureConfig: AFTER_ISSUER });
  const asked = { extract: { request: { id: answering.requestId } } };
  const { context } = await providerOf(answering).createLoginResponse(
    told,
    asked,
    "post",
    {},
    {
      customTagReplacement: () => ({ id: "answer", context: filled(answering) }),
    },
  );
  return Buffer.from(context, "base64").toString("utf8");
}

const AFTER_ISSUER = {
  prefix: "ds",
  location: { reference: "/*[local-name(.)='Response']/*[local-name(.)='Issuer']", action: "after" },
} as const;

export const providerOf = ({ key, algorithm }: Pick<Answering, "key" | "algorithm">, signOnUrl = ENTITY_ID) =>
  IdentityProvider({
    ...{ entityID: ENTITY_ID, privateKey: key.privateKey, signingCert: key.certificate },
    requestSignatureAlgorithm: algorithm ?? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    singleSignOnService: [{ Binding: BINDINGS.redirect, Location: signOnUrl }],
    // It says so where there is none.
    singleLogoutService: [{ Binding: BINDINGS.redirect, Location: signOnUrl }],
  });

function filled({ publicUrl, requestId, person, now = new Date(), change }: Answering): string {
  const { entityId, acsUrl } = ownAddresses(publicUrl);
  const until = new Date(now.getTime() + 5 * MINUTE_MS).toISOString();
  const template = SamlLib.defaultLoginResponseTemplate.context
    .replace(
      "{AuthnStatement}",
      '<saml:AuthnStatement AuthnInstant="{IssueInstant}"><saml:AuthnContext/></saml:AuthnStatement>',
    )
    .replace("{AttributeStatement}", attributesOf(person));
  const xml = SamlLib.replaceTagsByValue(template, {
    ...{ ID: newId(), AssertionID: newId(), Issuer: ENTITY_ID, Destination: acsUrl, SubjectRecipient: acsUrl },
    ...{ Audience: entityId, InResponseTo: requestId, IssueInstant: now.toISOString() },
    ...{ ConditionsNotBefore: now.toISOString(), ConditionsNotOnOrAfter: until },
    SubjectConfirmationDataNotOnOrAfter: until,
    StatusCode: "urn:oasis:names:tc:SAML:2.0:status:Success",
    ...{ NameID: person.nameId, NameIDFormat: person.format ?? NAME_FORMATS.persistent },
  });
  return change ? change(xml) : xml;
}

const newId = (): string => `_${randomBytes(16).toString("hex")}`;

function attributesOf({ email, name }: Person): string {
  const given = Object.entries({ email, displayName: name }).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [`<saml:Attribute Name="${key}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`],
  );
  return given.length === 0 ? "" : `<saml:AttributeStatement>${given.join("")}</saml:AttributeStatement>`;
}
