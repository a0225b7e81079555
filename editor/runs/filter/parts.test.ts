import { beforeAll, describe, expect, it } from "vitest";
import { createInstance } from "i18next";
import { en } from "../../i18n/en.js";
import { fr } from "../../i18n/fr.js";
import { runAddressSchema, type RunAddress } from "../run-address.js";
import { wordsOf } from "./part-words.js";
import { isSame, ofStates, partsOf, statesOf, withPart } from "./parts.js";

const flowId = "01981000-0000-7000-8000-000000000001";
const contactId = "01989000-0000-7000-8000-000000000002";
const names = { flow: () => "Support", source: () => undefined, person: () => "Nadia Haddad" };

const i18n = createInstance();
beforeAll(() =>
  i18n.init({
    lng: "en",
    resources: { en: { translation: en }, fr: { translation: fr } },
    interpolation: { escapeValue: false },
  }),
);

const say = (address: RunAddress, language: string): string[] =>
  partsOf(address).map((kind) => wordsOf(kind, address, { t: i18n.getFixedT(language), language, names }));

describe("a filter of runs", () => {
  it.each<[RunAddress, string[]]>([
    [{}, []],
    [{ state: "stuck" }, ["state is stuck"]],
    [{ state: "waiting,stuck" }, ["state is waiting or stuck"]],
    [{ flowId, days: 7 }, ["flow is Support", "last 7 days"]],
    [{ sourceId: flowId, contactId }, ["source is one source", "person is Nadia Haddad"]],
    [{ errorClass: "AUTH", days: 0 }, ["a sign-in was refused", "today"]],
    [{ from: "2026-11-01" }, ["since 1 Nov 2026"]],
    [{ to: "2026-11-02" }, ["until 2 Nov 2026"]],
    [{ from: "2026-11-01", to: "2026-11-02" }, ["1 Nov 2026 to 2 Nov 2026"]],
    [{ from: "2026-11-01", to: "2026-11-01", search: "done" }, ["on 1 Nov 2026", "found by “done”"]],
  ])("%j is said so", (address, sentences) => {
    expect(say(address, "en")).toEqual(sentences);
  });

  it("is said in French", () => {
    expect(say({ state: "stuck", days: 7 }, "fr")).toEqual(["l'état est bloqué", "7 derniers jours"]);
  });

  it("is read from an address, of which what makes no sense is dropped", () => {
    expect(runAddressSchema.parse({ state: "stuck,waiting", days: "7", flowId: "nonsense", from: "soon" })).toEqual({
      ...{ state: "stuck,waiting", days: 7, flowId: undefined, from: undefined },
    });
    expect(runAddressSchema.parse({ state: "stuck,lost", search: 12345678 })).toEqual({
      ...{ state: undefined, search: "12345678" },
    });
  });

  it("changes one part at a time, and a part takes up all that says it", () => {
    const address: RunAddress = { state: "stuck", from: "2026-11-01", to: "2026-11-02" };
    expect(withPart(address, "began", { days: 7 })).toEqual({ state: "stuck", days: 7 });
    expect(withPart(address, "state")).toEqual({ from: "2026-11-01", to: "2026-11-02" });
    expect(withPart(address, "state", ofStates([]))).toEqual({ from: "2026-11-01", to: "2026-11-02" });
    expect(statesOf(withPart(address, "state", ofStates(["stuck", "queued"])))).toEqual(["queued", "stuck"]);
  });

  it("is the same as another that asks for the same", () => {
    expect(isSame({ state: "stuck", days: 7 }, { days: 7, flowId: undefined, state: "stuck" })).toBe(true);
    expect(isSame({ state: "stuck" }, { state: "stuck", days: 7 })).toBe(false);
  });
});
