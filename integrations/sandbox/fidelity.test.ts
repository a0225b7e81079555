import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DELIVERY_FAULTS, SOCKET_FAULTS, STANDING_FAULTS } from "./faults/rule.js";
import { allSystems } from "./all-systems.js";
import { createMemoryWorld } from "./testing/memory-world.js";

const read = (path: string): string => {
  const url = new URL(path, import.meta.url);
  return existsSync(url) ? readFileSync(url, "utf8") : "";
};

const documents = ["./FIDELITY.md", "./jira/FIDELITY.md", "./salesforce/FIDELITY.md"].map(read).join("\n");

interface Row {
  readonly operation: string;
  readonly tag: string;
}

/** Rows look like: | `operation` | behaviour | D | source | */
const rows: Row[] = documents.split("\n").flatMap((line) => {
  const cells = line.split("|").map((cell) => cell.trim());
  const operation = /^`([^`]+)`$/.exec(cells[1] ?? "")?.[1];
  return operation === undefined ? [] : [{ operation, tag: cells[3] ?? "" }];
});

describe("FIDELITY.md", () => {
  test.each(allSystems.map((create) => create(createMemoryWorld())))(
    "has a row for every operation of $name",
    (system) => {
      const missing = (system.operations ?? ["(the system lists no operations)"]).filter(
        (operation) => !rows.some((row) => row.operation === operation),
      );
      system.stop?.();
      expect(missing).toEqual([]);
    },
  );

  test("has a row for every fault", () => {
    const faults: string[] = [...SOCKET_FAULTS, ...DELIVERY_FAULTS, ...STANDING_FAULTS];
    expect(faults.filter((fault) => !rows.some((row) => row.operation === fault))).toEqual([]);
  });

  test("says of every row whether it is documented, from others' code, or assumed", () => {
    expect(rows.filter((row) => !/^[DOA](, ?[DOA])*$/.test(row.tag))).toEqual([]);
  });
});
