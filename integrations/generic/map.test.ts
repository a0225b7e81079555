import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { genericSource } from "./index.js";
import { demoSettings, genericSettingsSchema, type Mapping } from "./settings.js";

const RECEIVED = new Date("2026-03-01T12:00:00.000Z");
const demo = {
  responseId: "r-1",
  score: 3,
  comment: "The export is slow",
  name: "Ada Lovelace",
  email: "ada@example.com",
  product: "Reports",
  submittedAt: "2026-03-01T11:59:00Z",
};

const settings = (mapping: Partial<Mapping> = {}, more: object = {}) => ({
  ...demoSettings,
  ...more,
  mapping: { ...demoSettings.mapping, ...mapping },
});
const map = (payload: unknown, given: unknown = demoSettings) => genericSource.toFeedback(payload, given, RECEIVED);
const feedback = (payload: unknown, given: unknown = demoSettings) => {
  const mapped = map(payload, given);
  if (!mapped.ok) throw new Error(mapped.reason);
  return mapped.feedback[0];
};

describe("the demo mapping", () => {
  it("turns the demo body into canonical feedback", () => {
    expect(map({ ...demo, account: "Northwind" })).toEqual({
      ok: true,
      feedback: [
        {
          responseId: "r-1",
          kind: "created",
          metric: "nps",
          score: 3,
          scaleMin: 0,
          scaleMax: 10,
          comment: "The export is slow",
          language: null,
          domain: "customer",
          respondent: {
            email: "ada@example.com",
            phone: null,
            externalId: null,
            name: "Ada Lovelace",
            anonymous: false,
          },
          account: { externalId: null, name: "Northwind" },
          product: "Reports",
          attributes: {},
          occurredAt: "2026-03-01T11:59:00.000Z",
          complete: true,
        },
      ],
    });
  });

  it("leaves open what the body does not say", () => {
    expect(feedback({ responseId: "r", score: 10 })).toMatchObject({
      comment: null,
      product: null,
      account: { name: null },
      respondent: { name: null, email: null, anonymous: true },
      occurredAt: RECEIVED.toISOString(),
      occurredAtArrival: true,
    });
  });
});

describe("a full mapping", () => {
  it("reaches every canonical field, by path or by constant", () => {
    const given = settings(
      {
        responseId: "$.data.id",
        score: "$.data.answers[1].value",
        comment: "$.data.answers[0]['free text']",
        phone: "$.who.phone",
        externalId: "$.who.id",
        email: "$.who.mail",
        name: "$.who.name",
        account: "$.company.name",
        accountExternalId: "$.company.id",
        product: { constant: "Portal" },
        language: "$.lang",
        submittedAt: "$.at",
        attributes: { store: "$.store", vip: "$.vip", tier: { constant: 2 }, region: "$.nowhere" },
      },
      { metric: "csat", scaleMin: 1, scaleMax: 5, domain: "employee" },
    );
    const payload = {
      data: { id: 77, answers: [{ "free text": "ok" }, { value: "4.5" }] },
      who: { phone: "+33 1", id: 12, mail: "a@b.c", name: "A" },
      company: { name: "Acme", id: "001" },
      lang: "pt_BR",
      at: 1_770_000_000,
      store: "Lyon",
      vip: true,
    };
    expect(feedback(payload, given)).toMatchObject({
      responseId: "77",
      metric: "csat",
      score: 4.5,
      comment: "ok",
      language: "pt-br",
      domain: "employee",
      respondent: { phone: "+33 1", externalId: "12", email: "a@b.c", name: "A", anonymous: false },
      account: { name: "Acme", externalId: "001" },
      product: "Portal",
      attributes: { store: "Lyon", vip: true, tier: 2 },
      occurredAt: new Date(1_770_000_000_000).toISOString(),
    });
  });

  it("falls back to the source's language", () => {
    expect(feedback(demo, settings({}, { language: "fr" })).language).toBe("fr");
  });
});

describe("a score", () => {
  it.each([0, 10, "7", " 7 "])("of %j is taken as it stands", (score) => {
    expect(feedback({ ...demo, score }).score).toBe(Number(score));
  });

  it("is never changed: any number is either kept exactly or refused", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -20, max: 30 }), fc.double()), (score) => {
        const mapped = map({ ...demo, score });
        const fits = Number.isInteger(score) && score >= 0 && score <= 10;
        expect(mapped.ok).toBe(fits);
        if (mapped.ok) expect(mapped.feedback[0].score === score).toBe(true);
      }),
    );
  });

  it.each([null, ""])("of %j was not answered", (score) => {
    expect(feedback({ ...demo, score }).score).toBeNull();
  });
});

describe("a delivery that cannot be mapped says why", () => {
  const { responseId: _id, ...withoutId } = demo;
  const { score: _score, ...withoutScore } = demo;
  it.each([
    ["score", { ...demo, score: 11 }, "score: expected a score from 0 to 10 at $.score, found another number."],
    ["score", { ...demo, score: -1 }, "score: expected a score from 0 to 10 at $.score, found another number."],
    ["score", { ...demo, score: 5.5 }, "score: expected a whole score from 0 to 10 at $.score, found another number."],
    ["score", { ...demo, score: "bad" }, "score: expected a number at $.score, found other text."],
    ["score", { ...demo, score: true }, "score: expected a number at $.score, found true or false."],
    ["score", { ...demo, score: "1e1" }, "score: expected a number at $.score, found other text."],
    ["score", withoutScore, "score: expected a number at $.score, found nothing."],
    ["responseId", withoutId, "responseId: expected an id at $.responseId, found nothing."],
    ["responseId", { ...demo, responseId: " " }, "responseId: expected an id at $.responseId, found other text."],
    ["responseId", { ...demo, responseId: {} }, "responseId: expected text at $.responseId, found an object."],
    ["comment", { ...demo, comment: ["a"] }, "comment: expected text at $.comment, found a list."],
    ["email", { ...demo, email: "n/a" }, "email: expected an e-mail address at $.email, found other text."],
  ])("%s", (field, payload, reason) => {
    expect(map(payload)).toEqual({ ok: false, field, reason });
  });

  it("an id that is a number too large to be exact is refused, for two of them would be one", () => {
    const said = (digits: string) => map(JSON.parse(`{"responseId":${digits},"score":3}`));
    const reason =
      "responseId: the number at $.responseId is too large to be read exactly; send it as a string (in quotes).";
    for (const digits of ["9007199254740993", "9007199254740992", "-9007199254740993"])
      expect(said(digits)).toEqual({ ok: false, field: "responseId", reason });
    expect(said("9007199254740991")).toMatchObject({ feedback: [{ responseId: "9007199254740991" }] });
    expect(said('"9007199254740993"')).toMatchObject({ feedback: [{ responseId: "9007199254740993" }] });
  });

  it.each([null, 7, "text", []])("a payload of %j holds no response id", (payload) => {
    expect(map(payload)).toMatchObject({ ok: false, field: "responseId" });
  });

  it("a text that is too long names its field and is not cut", () => {
    expect(map({ ...demo, comment: "x".repeat(20_001) })).toMatchObject({ ok: false, field: "comment" });
    expect(map({ ...demo, responseId: "x".repeat(201) })).toMatchObject({ ok: false, field: "responseId" });
  });

  it("an attribute that is no plain value names itself", () => {
    const given = settings({ attributes: { store: "$.store" } });
    expect(map({ ...demo, store: { id: 1 } }, given)).toMatchObject({ ok: false, field: "attributes.store" });
  });

  it("no reason repeats what a person wrote", () => {
    const mapped = map({ ...demo, score: "Ada Lovelace says no" });
    expect(JSON.stringify(mapped)).not.toContain("Ada");
  });
});

describe("a time", () => {
  it.each([
    ["2026-03-01T10:00:00Z", "2026-03-01T10:00:00.000Z"],
    ["2026-03-01T10:00:00.123+02:00", "2026-03-01T08:00:00.123Z"],
    ["2026-03-01 10:00:00 +0200", "2026-03-01T08:00:00.000Z"],
    ["2026-03-01T10:00Z", "2026-03-01T10:00:00.000Z"],
    [1_772_000_000, "2026-02-25T06:13:20.000Z"],
    [1_772_000_000_123, "2026-02-25T06:13:20.123Z"],
    ["1772000000", "2026-02-25T06:13:20.000Z"],
    ["1772000000123", "2026-02-25T06:13:20.123Z"],
  ])("%j is %s", (submittedAt, occurredAt) => {
    expect(feedback({ ...demo, submittedAt }).occurredAt).toBe(occurredAt);
  });

  it.each([
    "yesterday",
    "2026-03-01",
    "2026-03-01T10:00:00",
    "2026-02-30T10:00:00Z",
    "2026-03-01T25:00:00Z",
    "03/01/2026 10:00Z",
    true,
    5,
    1e20,
    {},
  ])("%j is refused rather than guessed", (submittedAt) => {
    expect(map({ ...demo, submittedAt })).toMatchObject({ ok: false, field: "submittedAt", reason: /expected a time/ });
  });
});

describe("settings", () => {
  it.each([
    ["a scale without ends", settings({}, { scaleMin: null })],
    ["a scale upside down", settings({}, { scaleMin: 10, scaleMax: 0 })],
    ["a path that is none", settings({ comment: "comment" })],
    ["an unknown field", settings({ mood: "$.mood" } as Partial<Mapping>)],
    ["a header that is none", settings({}, { verifier: { scheme: "sha256-hmac", header: "a b", prefix: "" } })],
    ["no verifier", settings({}, { verifier: undefined })],
  ])("with %s are refused", (_, given) => {
    expect(genericSettingsSchema.safeParse(given).success).toBe(false);
  });

  it("for text alone need neither a score nor a scale", () => {
    const { score: _unused, ...mapping } = demoSettings.mapping;
    const given = { ...demoSettings, metric: "text", scaleMin: null, scaleMax: null, mapping };
    expect(feedback(demo, given)).toMatchObject({ metric: "text", score: null, comment: demo.comment });
  });
});
