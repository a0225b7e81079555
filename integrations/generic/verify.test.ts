import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { genericSource } from "./index.js";
import { demoSettings } from "./settings.js";

const NOW = new Date("2026-03-01T12:00:00Z");
const SECRET = `whsec_${Buffer.from("a secret of this source").toString("base64")}`;
const NEWER = `whsec_${Buffer.from("the secret after rotation").toString("base64")}`;
const BODY = Buffer.from('{"responseId":"r1","comment":"naïve"}');

function standard(overrides: { secret?: string; at?: number; body?: Buffer } = {}) {
  const seconds = overrides.at ?? NOW.getTime() / 1000;
  const signature = new Webhook(overrides.secret ?? SECRET).sign(
    "msg_1",
    new Date(seconds * 1000),
    overrides.body ?? BODY,
  );
  return { "webhook-id": "msg_1", "webhook-timestamp": String(seconds), "webhook-signature": signature };
}

function verify(
  headers: Record<string, string | undefined>,
  more: { rawBody?: Buffer; secrets?: [string, ...string[]]; settings?: unknown } = {},
) {
  const { rawBody = BODY, secrets = [SECRET], settings = demoSettings } = more;
  return genericSource.verify({ rawBody, headers }, { settings, secrets, now: NOW });
}

describe("Standard Webhooks", () => {
  it("a signed delivery is taken", () => {
    expect(verify(standard())).toEqual({ ok: true });
  });

  it.each(["", "whsec_", "whsec_=", "whsec_not base64"])("a secret that is none, %j, verifies nothing", (secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const signature = createHmac("sha256", key)
      .update(`msg_1.${NOW.getTime() / 1000}.`)
      .update(BODY)
      .digest("base64");
    expect(verify({ ...standard(), "webhook-signature": `v1,${signature}` }, { secrets: [secret] })).toEqual({
      ok: false,
      reason: "No secret of this source is a Standard Webhooks secret (whsec_…).",
    });
  });

  it("the example of the Standard Webhooks specification is taken", () => {
    const settings = demoSettings;
    const headers = {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    const delivery = { rawBody: Buffer.from('{"test": 2432232314}'), headers };
    const secrets: [string] = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
    const now = new Date(1614265330_000);
    expect(genericSource.verify(delivery, { settings, secrets, now })).toMatchObject({ ok: true });
  });

  it("either secret is good while a rotation overlaps", () => {
    const secrets: [string, string] = [NEWER, SECRET];
    expect(verify(standard(), { secrets }).ok).toBe(true);
    expect(verify(standard({ secret: NEWER }), { secrets }).ok).toBe(true);
    expect(verify(standard(), { secrets: [NEWER] }).ok).toBe(false);
  });

  it("a delivery signed for several keys is taken when one of them is ours", () => {
    const headers = standard();
    headers["webhook-signature"] = `v1a,zzz v1,${"A".repeat(43)}= ${headers["webhook-signature"]}`;
    expect(verify(headers).ok).toBe(true);
  });

  it.each([-300, 0, 300])("a clock %i s away is taken", (skew) => {
    expect(verify(standard({ at: NOW.getTime() / 1000 + skew })).ok).toBe(true);
  });

  it.each([-301, 301])("a clock %i s away is refused", (skew) => {
    expect(verify(standard({ at: NOW.getTime() / 1000 + skew }))).toMatchObject({ ok: false, reason: /five minutes/ });
  });

  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("without %s it is refused", (name) => {
    expect(verify({ ...standard(), [name]: undefined })).toMatchObject({ ok: false, reason: /missing/ });
  });

  it.each([
    ["another body", standard(), { rawBody: Buffer.from(BODY.toString().replace("r1", "r2")) }],
    ["the same JSON written otherwise", standard(), { rawBody: Buffer.from(`${BODY.toString()} `) }],
    ["another id", { ...standard(), "webhook-id": "msg_2" }, {}],
    ["another time", { ...standard(), "webhook-timestamp": String(NOW.getTime() / 1000 + 1) }, {}],
    ["a time with a tail", { ...standard(), "webhook-timestamp": `${NOW.getTime() / 1000}x` }, {}],
    ["no version", { ...standard(), "webhook-signature": standard()["webhook-signature"].slice(3) }, {}],
    ["an empty signature", { ...standard(), "webhook-signature": "v1," }, {}],
    ["a wrong secret", standard({ secret: NEWER }), {}],
  ])("with %s it is refused", (_, headers, more) => {
    expect(verify(headers, more).ok).toBe(false);
  });

  it("bytes that are not text cannot pass for the replacement characters they would be signed as", () => {
    const shown = Buffer.from([0x22, 0xff, 0x22]);
    expect(verify(standard({ body: shown }), { rawBody: shown })).toMatchObject({ ok: false, reason: /UTF-8/ });
  });

  it("a secret that is no Standard Webhooks secret verifies nothing and is not repeated", () => {
    const result = verify(standard(), { secrets: ["my password"] });
    expect(result).toMatchObject({ ok: false, reason: /No secret/ });
    expect(JSON.stringify(result)).not.toContain("my password");
  });
});

describe("sha256 HMAC in a header", () => {
  const settings = {
    ...demoSettings,
    verifier: { scheme: "sha256-hmac", header: "X-Hub-Signature-256", prefix: "sha256=" },
  };
  const hex = (secret: string, body = BODY) => createHmac("sha256", secret).update(body).digest("hex");
  const headers = (signature: string) => ({ "x-hub-signature-256": signature });

  it("a signed delivery is taken, in either case of hex", () => {
    expect(verify(headers(`sha256=${hex("s")}`), { settings, secrets: ["s"] })).toEqual({ ok: true });
    expect(verify(headers(`sha256=${hex("s").toUpperCase()}`), { settings, secrets: ["s"] }).ok).toBe(true);
  });

  it("bare digits are taken where the source says that nothing stands before them", () => {
    const bare = { ...settings, verifier: { ...settings.verifier, prefix: "" } };
    expect(verify(headers(hex("s")), { settings: bare, secrets: ["s"] }).ok).toBe(true);
  });

  it("either secret is good while a rotation overlaps", () => {
    expect(verify(headers(`sha256=${hex("old")}`), { settings, secrets: ["new", "old"] }).ok).toBe(true);
  });

  it.each([
    ["no header", {}],
    ["no prefix", headers(hex("s"))],
    ["another secret", headers(`sha256=${hex("t")}`)],
    ["another body", headers(`sha256=${hex("s", Buffer.from("{}"))}`)],
    ["a shorter signature", headers(`sha256=${hex("s").slice(0, 63)}`)],
    ["nothing after the prefix", headers("sha256=")],
  ])("with %s it is refused without telling the right signature", (_, given) => {
    const result = verify(given, { settings, secrets: ["s"] });
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain(hex("s"));
  });

  it("an empty secret verifies nothing", () => {
    expect(verify(headers(`sha256=${hex("")}`), { settings, secrets: [""] }).ok).toBe(false);
  });
});
