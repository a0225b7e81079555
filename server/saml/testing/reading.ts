import { publicKeyOf } from "../certificates.js";
import { readResponse } from "../read-response.js";
import { ownAddresses } from "../saml-addresses.js";
import { SamlFailure } from "../saml-failure.js";
import { ENTITY_ID, makeAnswer, type Answering } from "./answers.js";
import { makeSigningKey, type SigningKey } from "./self-signed.js";

const publicUrl = "https://loopwright.example.com";
export const key = makeSigningKey();
export const now = new Date("2026-05-04T12:00:00Z");
export const attacker = makeSigningKey();

export const person = { nameId: "the-subject", email: "ada@example.com", name: "Ada Lovelace" };
export const HER_SUBJECT = '["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",null,"the-subject"]';

/** What a provider says of Ada, as of `now`. */
export const answer = (how: Partial<Answering> = {}): Promise<string> =>
  makeAnswer({ publicUrl, key, requestId: "_request", person, now, ...how });

export const unsigned = async (change?: (xml: string) => string): Promise<string> =>
  (await answer(change && { change })).replace(SIGNATURE, "");

export const SIGNATURE = /<ds:Signature .*?<\/ds:Signature>/s;

export function read(xml: string, keys: readonly SigningKey[] = [key]) {
  const { entityId: audience, acsUrl: recipient } = ownAddresses(publicUrl);
  const expected = { issuer: ENTITY_ID, audience, recipient, requestId: "_request", now };
  return readResponse(xml, { ...expected, keys: keys.map(({ certificate }) => publicKeyOf(certificate)) });
}

/** The code of its refusal; whom it was taken for where it was not refused. */
export function refusalOf(xml: string, keys?: readonly SigningKey[]): string {
  try {
    return `taken for ${read(xml, keys).subject}`;
  } catch (error) {
    if (error instanceof SamlFailure) return error.code;
    throw error;
  }
}

/** One change that really changes something. */
export function changed(xml: string, before: string | RegExp, after: string): string {
  const other = xml.replace(before, () => after);
  if (other === xml) throw new Error(`there is no ${String(before)} to change`);
  return other;
}
