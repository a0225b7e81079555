import { expect, test } from "vitest";
import { demoSettings, genericSource } from "./index.js";
import { genericSettingsSchema, type GenericSettings } from "./settings.js";

const now = new Date("2026-03-02T09:00:00Z");
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const said = {
  ...{ responseId: "sample-1", happy: false, comment: "Slow.", name: "Sam", email: "sam@globex.example" },
  ...{ account: "Globex", product: "App", language: "en" },
};

/** As the door reads it. */
function heard(settings: GenericSettings) {
  const delivery = genericSource.sample(said, { settings, secret, now })!;
  expect(genericSource.verify(delivery, { settings, secrets: [secret], now })).toEqual({ ok: true });
  const mapped = genericSource.toFeedback(JSON.parse(delivery.rawBody.toString()), settings, now);
  return mapped.ok ? mapped.feedback[0] : mapped;
}

test("what was made up is read by the source's own mapping, and its signature holds", () => {
  expect(heard(demoSettings)).toMatchObject({
    ...{ responseId: "sample-1", score: 2, comment: "Slow.", product: "App", account: { name: "Globex" } },
    respondent: { name: "Sam", email: "sam@globex.example" },
  });
});

test("fields are put where a sender of another form has them, and an unhappy score is low on the source's own scale", () => {
  const settings = genericSettingsSchema.parse({
    ...demoSettings,
    ...{ metric: "csat", scaleMin: 1, scaleMax: 5 },
    verifier: { scheme: "sha256-hmac", header: "X-Signature" },
    mapping: {
      responseId: "$.event.id",
      score: "$.answers[1].value",
      comment: "$.answers[0].value",
      product: { constant: "Web" },
    },
  });
  expect(heard(settings)).toMatchObject({ responseId: "sample-1", score: 2, comment: "Slow.", product: "Web" });
});

test("what only its sender can sign cannot be made up", () => {
  const settings = { ...demoSettings, verifier: { scheme: "hubspot-v3" } } as const;
  expect(genericSource.sample(said, { settings, secret, now })).toBeNull();
});
