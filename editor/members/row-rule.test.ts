import { describe, expect, it } from "vitest";
import { companyAccounts } from "../e2e/fixtures/people.js";
import { accountsBelow, knownFields, textsOf, valuesOf, writtenRule } from "./row-rule.js";

describe("the rows of a team, as its form holds them", () => {
  it("have values that are looked for as what they read as", () => {
    expect(valuesOf(["EMEA", "2", "02", "true", " "])).toEqual(["EMEA", "2", 2, "02", "true", true, " "]);
    expect(textsOf({ field: "x", oneOf: valuesOf(["2", "true", "EMEA"]) })).toEqual(["2", "true", "EMEA"]);
  });

  it("leave out what was never written, and keep what is half written, for the server to refuse", () => {
    const written = [
      { field: "account.tier", oneOf: ["key"] },
      { field: "", oneOf: ["x"] },
      { field: "account.tier", oneOf: [] },
    ];
    expect(writtenRule({ segment: [...written, { field: " ", oneOf: [] }], accountIds: [] })).toEqual({
      segment: written,
      accountIds: null,
    });
  });

  it("can be told apart by what accounts have and by what every response has", () => {
    expect(knownFields([], companyAccounts)).toEqual([
      "account.region",
      "account.tier",
      "feedback.product",
      "feedback.language",
      "feedback.metric",
      "feedback.domain",
    ]);
  });

  it("of an account are those of all below it, also where they stand in a ring", () => {
    const [holding, north, shop] = companyAccounts;
    expect(accountsBelow(companyAccounts, holding?.id ?? "")).toEqual([north, shop]);
    const ring = companyAccounts.map((one) => (one === holding ? { ...one, parentId: shop?.id ?? null } : one));
    expect(accountsBelow(ring, holding?.id ?? "")).toHaveLength(2);
  });
});
