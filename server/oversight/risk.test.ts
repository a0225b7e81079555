import { describe, expect, it } from "vitest";
import { riskCodeSchema, type RiskCode } from "./oversight-api.js";
import { riskOf, type RiskFacts } from "./risk.js";
import { goodAnswers, noAnswers } from "./testing/answers.js";

const now = new Date("2026-11-23T12:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

const good: RiskFacts = {
  answers: goodAnswers,
  isOwnerGone: false,
  isPaused: false,
  isSandbox: false,
  isPlainHttp: false,
  isShownInClear: false,
  madeAt: daysAgo(400),
  lastEventAt: daysAgo(1),
  now,
};
const answering = (change: Partial<RiskFacts["answers"]>): Partial<RiskFacts> => ({
  answers: { ...goodAnswers, ...change },
});
const codesOf = (change: Partial<RiskFacts>): RiskCode[] =>
  riskOf({ ...good, ...change }).reasons.map(({ code }) => code);

const table: readonly (readonly [string, Partial<RiskFacts>, readonly RiskCode[]])[] = [
  ["everything is said and in order", {}, []],
  ["nobody owns it", answering({ ownerId: null }), ["no_owner"]],
  ["its owner was put out", { isOwnerGone: true }, ["owner_gone"]],
  ["it has no purpose", answering({ purpose: null }), ["no_purpose"]],
  ["it has no lawful basis", answering({ lawfulBasis: null }), ["no_basis"]],
  ["its data has no class", answering({ dataClasses: [] }), ["no_data_classes"]],
  ["its region is unknown", answering({ region: null }), ["no_region"]],
  ["it holds a special category", answering({ dataClasses: ["scores", "special"] }), ["special_category"]],
  [
    "its data leaves without an agreement",
    answering({ region: "third", agreement: "none" }),
    ["transfer_without_agreement"],
  ],
  [
    "nobody has said whether one is signed",
    answering({ region: "adequate", agreement: null }),
    ["transfer_without_agreement"],
  ],
  ["its data leaves with an agreement", answering({ region: "third" }), []],
  ["it stays in the EEA without an agreement", answering({ agreement: "none" }), ["no_agreement"]],
  ["it stays on our own machines", answering({ region: "own", agreement: null }), []],
  ["its credential expired yesterday", answering({ credentialExpiresOn: "2026-11-22" }), ["credential_expired"]],
  [
    "its credential is good for the rest of today",
    answering({ credentialExpiresOn: "2026-11-23" }),
    ["credential_expires_soon"],
  ],
  ["its credential expires in 29 days", answering({ credentialExpiresOn: "2026-12-22" }), ["credential_expires_soon"]],
  ["its credential expires in 31 days", answering({ credentialExpiresOn: "2026-12-24" }), []],
  ["its credential never expires", answering({ credentialExpiresOn: null }), []],
  ["nothing came for 91 days", { lastEventAt: daysAgo(91) }, ["silent"]],
  ["nothing came for 89 days", { lastEventAt: daysAgo(89) }, []],
  ["nothing ever came, and it is new", { lastEventAt: null, madeAt: daysAgo(2) }, []],
  ["nothing ever came, and it is old", { lastEventAt: null, madeAt: daysAgo(120) }, ["silent"]],
  ["it is paused and silent", { lastEventAt: daysAgo(200), isPaused: true }, []],
  ["a flow shows personal data", { isShownInClear: true }, ["shown_in_clear"]],
  ["its address is plain http", { isPlainHttp: true }, ["plain_http"]],
  ["it points at the sandbox", { isSandbox: true }, ["sandbox"]],
];

describe("the risk", () => {
  it.each(table)("when %s", (_what, change, expected) => {
    expect(codesOf(change)).toEqual(expected);
  });

  it("knows every reason: each is met by a line of the table", () => {
    const met = new Set(table.flatMap(([, , codes]) => codes));
    expect(riskCodeSchema.options.filter((code) => !met.has(code))).toEqual([]);
  });

  it("is the sum of its reasons, each with what to do", () => {
    const { points, reasons } = riskOf({ ...good, ...answering({ ownerId: null, lawfulBasis: null }) });
    expect(reasons.map(({ code, points: each }) => [code, each])).toEqual([
      ["no_basis", 20],
      ["no_owner", 15],
    ]);
    expect(points).toBe(35);
    for (const { what, todo } of reasons) expect([what, todo].every((words) => words.endsWith("."))).toBe(true);
  });

  it("never passes 100", () => {
    const worst = riskOf({
      ...good,
      answers: { ...noAnswers, region: "third", dataClasses: ["special"], credentialExpiresOn: "2020-01-01" },
      isPlainHttp: true,
      isShownInClear: true,
      isSandbox: true,
    });
    expect(worst).toMatchObject({ points: 100, band: "high" });
  });

  it.each([
    [{}, "low"],
    [answering({ lawfulBasis: null }), "low"],
    [answering({ lawfulBasis: null, purpose: null }), "medium"],
    [answering({ lawfulBasis: null, purpose: null, ownerId: null }), "medium"],
    [answering({ lawfulBasis: null, purpose: null, ownerId: null, dataClasses: ["special"] }), "high"],
  ])("has its band by the points: %#", (change, band) => {
    expect(riskOf({ ...good, ...change }).band).toBe(band);
  });
});
