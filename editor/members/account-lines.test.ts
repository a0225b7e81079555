import { expect, it } from "vitest";
import { readAccountLines } from "./account-lines.js";

it.each([
  ["commas", 'name,parent,region,seats\r\n"Shop, north",Holding,EMEA,12\n\nHolding,,,\n'],
  ["semicolons", "name;parent;region;seats\nShop, north;Holding;EMEA;12\nHolding;;;"],
  ["tabs", "name\tparent\tregion\tseats\nShop, north\tHolding\tEMEA\t12\nHolding\t\t\t"],
])("lines are read, apart by %s", (_mark, text) => {
  expect(readAccountLines(text)).toEqual([
    { name: "Shop, north", parent: "Holding", attributes: { region: "EMEA", seats: 12 } },
    { name: "Holding", parent: null },
  ]);
});

it("a list without parents leaves them where they stand, and quotes are doubled", () => {
  expect(readAccountLines('name,tier\n"The ""Shop""",01')).toEqual([
    { name: 'The "Shop"', attributes: { tier: "01" } },
  ]);
  expect(readAccountLines('[{"name": "Shop", "parent": null}]')).toEqual([{ name: "Shop", parent: null }]);
});

it.each(["", "name", "parent,region\na,b", "[{", "Shop"])("%j is no list of accounts", (text) => {
  expect(readAccountLines(text)).toBeNull();
});
