import { describe, expect, it } from "vitest";
import { readResponse } from "./read-response.js";
import { publicKeyOf } from "./certificates.js";
import { ownAddresses } from "./saml-addresses.js";
import { ENTITY_ID, makeAnswer, type Answering } from "./testing/answers.js";
import { makeSigningKey } from "./testing/self-signed.js";

const publicUrl = "https://loopwright.example.com";
const { entityId, acsUrl } = ownAddresses(publicUrl);
const key = makeSigningKey();
const now = new Date("2026-05-04T12:00:00Z");
const person = { nameId: "subject-1", email: "ada@example.com", name: "Ada Lovelace" };

const answering: Answering = { publicUrl, key, requestId: "_request", person, now };
const expected = { issuer: ENTITY_ID, audience: entityId, recipient: acsUrl, requestId: "_request", now };
const read = (xml: string, keys = [publicKeyOf(key.certificate)]) => readResponse(xml, { ...expected, keys });

describe("an answer", () => {
  it.each(["assertion", "response", "both"] as const)("whose %s was signed says who somebody is", async (signed) => {
    const claimed = read(await makeAnswer({ ...answering, signed }));
    expect(claimed).toMatchObject({ email: "ada@example.com", name: "Ada Lovelace", isVerified: true });
  });
});
