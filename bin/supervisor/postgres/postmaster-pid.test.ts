import { describe, expect, it } from "vitest";
import { parsePostmasterPid } from "./postmaster-pid.js";

describe("PostgreSQL's lock file", () => {
  it("names process, folder, port and state", () => {
    const text = "4711\n/data/postgres/data\n1790000000\n40123\n\n127.0.0.1\n  1234   5678\nready   \n";
    expect(parsePostmasterPid(text)).toEqual({
      pid: 4711,
      dataDirectory: "/data/postgres/data",
      port: 40_123,
      status: "ready",
    });
  });

  it("may lack what a starting server writes last", () => {
    expect(parsePostmasterPid("4711\n/data\n1790000000\n40123\n")).toMatchObject({ port: 40_123, status: undefined });
    expect(parsePostmasterPid("-4711\n/data\n")).toMatchObject({ pid: 4711, port: undefined });
  });

  it.each(["", "4711", "rubbish\n/data\n"])("is none when it says %j", (text) => {
    expect(parsePostmasterPid(text)).toBeUndefined();
  });
});
