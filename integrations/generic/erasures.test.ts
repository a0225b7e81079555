import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { genericSource } from "./index.js";
import { demoSettings } from "./settings.js";

const NOW = new Date("2026-03-01T12:00:00Z");
const SECRET = "7d9c2f4e-client-secret";
const URL = "https://loop.example/hooks/0192f000-0000-7000-8000-000000000001";
const event = { eventId: 1, portalId: 33, occurredAt: 1, subscriptionType: "contact.privacyDeletion", objectId: 123 };
const settings = { ...demoSettings, verifier: { scheme: "hubspot-v3" as const }, erasureRequests: true };

describe("who is to be forgotten", () => {
  const asked = (payload: unknown) => genericSource.toErasures(payload, settings);

  it("is named by HubSpot's deletions for privacy, each once, in a batch with whatever else was subscribed to", () => {
    const others = [
      { ...event, subscriptionType: "contact.deletion" },
      { ...event, objectId: 7 },
    ];
    expect(asked([event, ...others, event])).toEqual(["123", "7"]);
  });

  it("is nobody in a batch of other events; and a batch that is none is feedback", () => {
    expect(asked([{ ...event, subscriptionType: "contact.deletion" }])).toEqual([]);
    for (const payload of [{ responseId: "r1" }, [], [{ responseId: "r1" }], event, "contact.privacyDeletion"])
      expect(asked(payload)).toBeNull();
  });

  it("is nobody where the source takes no such requests", () => {
    expect(genericSource.toErasures([event], demoSettings)).toBeNull();
  });
});

describe("HubSpot's signature, version 3", () => {
  const BODY = Buffer.from(JSON.stringify([event]));
  const sign = (at: number, { secret = SECRET, url = URL, method = "POST", body = BODY } = {}) =>
    createHmac("sha256", secret).update(`${method}${url}${body.toString()}${at}`).digest("base64");
  const headersFor = (at: number, signature = sign(at)) => ({
    "x-hubspot-request-timestamp": String(at),
    "x-hubspot-signature-v3": signature,
  });
  const verify = (headers: Record<string, string | undefined>, rawBody = BODY) =>
    genericSource.verify({ rawBody, headers, url: URL }, { settings, secrets: ["another-one", SECRET], now: NOW });
  const at = NOW.getTime();

  it("is taken over method, address, body and time, under any active secret", () => {
    expect(verify(headersFor(at))).toEqual({ ok: true });
    expect(verify(headersFor(at - 300_000))).toMatchObject({ ok: true });
  });

  it.each([
    ["another body", headersFor(at), Buffer.from("[]")],
    ["another secret", headersFor(at, sign(at, { secret: "wrong" }))],
    ["another address", headersFor(at, sign(at, { url: "https://elsewhere.example/" }))],
    ["another method", headersFor(at, sign(at, { method: "GET" }))],
    ["another time", { ...headersFor(at), "x-hubspot-request-timestamp": String(at - 1) }],
    ["an old time", headersFor(at - 300_001)],
    ["a time to come", headersFor(at + 300_001)],
    ["a time that is none", headersFor(at, "x")],
    ["no signature", { "x-hubspot-request-timestamp": String(at) }],
    ["no time", { "x-hubspot-signature-v3": sign(at) }],
  ])("is refused with %s", (_what, headers, body = BODY) => {
    expect(verify(headers, body)).toMatchObject({ ok: false });
  });
});
