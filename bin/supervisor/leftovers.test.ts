import { describe, expect, it } from "vitest";
import { findLeftovers } from "./leftovers.js";

const recorded = (role: string, pid: number) => ({
  role,
  pid,
  identity: `born-${pid}`,
  startedAt: "2026-01-01T00:00:00Z",
});
const live = new Map([
  [1, "node server.mjs"],
  [2, "node server.mjs"],
  [3, "vim notes.txt"],
  [4, "postgres -D data"],
]);
const inspect = (pid: number) => {
  const command = live.get(pid);
  return command === undefined ? undefined : { pid, command, identity: pid === 2 ? "a later process" : `born-${pid}` };
};

describe("what an earlier start left", () => {
  it("is ended only with the recorded birth and a command line like ours; PostgreSQL is left to adoption", () => {
    const all = [
      recorded("api", 1),
      recorded("worker", 2),
      recorded("sandbox", 3),
      recorded("postgres", 4),
      recorded("temporal", 5),
    ];
    const leftovers = findLeftovers(
      all,
      (_, command) => command.includes("server.mjs") || command.includes("postgres"),
      inspect,
    );
    expect(leftovers.map(({ role }) => role)).toEqual(["api"]);
  });
});
