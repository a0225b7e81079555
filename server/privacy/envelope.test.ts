import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createEnvelope } from "./envelope.js";
import { createKek } from "./kek.js";
import type { WrapPurpose } from "./kek-source.js";

const secret = randomBytes(32);
const envelopeFor = (...mayOpen: WrapPurpose[]) => createEnvelope(createKek(secret, mayOpen));
const place = "connection.secret_outbound|c1";

test("a secret comes back for whoever may open its purpose", () => {
  const sealed = envelopeFor().seal("outbound", place, { apiToken: "t0p" });
  expect(envelopeFor("secret-outbound").open("outbound", place, sealed)).toEqual({ apiToken: "t0p" });
  expect(sealed.toString("latin1")).not.toContain("t0p");
});

test("a process that may open inbound secrets cannot open outbound ones, nor pass one off as the other", () => {
  const api = envelopeFor("secret-inbound");
  const sealed = api.seal("outbound", place, "t0p");
  expect(() => api.open("outbound", place, sealed)).toThrow("may not open a secret-outbound");
  expect(() => api.open("inbound", place, sealed)).toThrow();
});

test("a secret moved to another row does not open", () => {
  const both = envelopeFor("secret-inbound", "secret-outbound");
  const sealed = both.seal("inbound", place, "t0p");
  expect(() => both.open("inbound", "connection.secret_outbound|c2", sealed)).toThrow();
});

test("another key says which key it would take", () => {
  const sealed = envelopeFor().seal("inbound", place, "t0p");
  const stranger = createEnvelope(createKek(randomBytes(32), ["secret-inbound"]));
  expect(() => stranger.open("inbound", place, sealed)).toThrow(/under the key [0-9a-f]{16}, but this process holds/);
});

test("a key of the wrong length is refused with its form", () => {
  expect(() => createKek(Buffer.alloc(16), [])).toThrow("must hold 32 bytes");
});
