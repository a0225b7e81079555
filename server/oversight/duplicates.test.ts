import { describe, expect, it } from "vitest";
import { duplicatesAmong } from "./duplicates.js";

const one = {
  kind: "source",
  id: "0192f000-0000-7000-8000-000000000001",
  name: "Product survey",
  purpose: "Ask after a purchase",
  dataClasses: ["scores", "verbatims"],
  dataSubjects: ["customers"],
} as const;
type Told = Parameters<typeof duplicatesAmong>[0][number];
const told = (change: Partial<Told>): Told => ({
  ...one,
  dataClasses: [...one.dataClasses],
  dataSubjects: [...one.dataSubjects],
  ...change,
});
const other = (change: Partial<Told>): Told => told({ name: "App survey", ...change });

describe("duplicates", () => {
  it.each<[string, Partial<Told>]>([
    ["written the same", {}],
    ["in capitals, with accents and dots", { purpose: " ÁSK  after a purchase. " }],
    ["with classes in another order", { dataClasses: ["verbatims", "scores"] }],
    ["of the other kind", { kind: "connection" }],
  ])("share purpose, data and people: %s", (_what, change) => {
    const found = duplicatesAmong([told({}), other(change)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      purpose: one.purpose,
      things: [{ name: "Product survey" }, { name: "App survey" }],
    });
  });

  it.each<[string, Partial<Told>]>([
    ["purpose", { purpose: "Ask after a return" }],
    ["data", { dataClasses: ["scores"] }],
    ["people", { dataSubjects: ["employees"] }],
  ])("are none where they have another %s", (_what, change) => {
    expect(duplicatesAmong([told({}), other(change)])).toEqual([]);
  });

  it.each<[string, Partial<Told>]>([
    ["purpose", { purpose: null }],
    ["word in its purpose", { purpose: "…" }],
    ["data", { dataClasses: [] }],
    ["people", { dataSubjects: [] }],
  ])("are none where neither has a %s", (_what, change) => {
    expect(duplicatesAmong([told(change), other(change)])).toEqual([]);
  });
});
