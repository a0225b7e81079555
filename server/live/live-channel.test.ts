import { describe, expect, it } from "vitest";
import { fromPayload, MOST_BYTES, toPayloads } from "./live-channel.js";

const ids = (n: number) => Array.from({ length: n }, (_, place) => `${place}`.padStart(36, "0"));

describe("a notification", () => {
  it("comes back as what was told", () => {
    const told = { workspaceId: "w", event: { topic: "run" as const, ids: ids(3) } };
    expect(toPayloads(told).map(fromPayload)).toEqual([told]);
  });

  it("is split where it would be too large for PostgreSQL, and loses nothing", () => {
    const long = Array.from({ length: 200 }, (_, place) => `${"x".repeat(90)}${place}`);
    const payloads = toPayloads({ workspaceId: "w", event: { topic: "run", ids: long } });
    expect(payloads.length).toBeGreaterThan(1);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(MOST_BYTES);
    expect(payloads.flatMap((payload) => fromPayload(payload)?.event.ids ?? [])).toEqual(long);
  });

  it("of very many says all of them", () => {
    const [payload = ""] = toPayloads({ workspaceId: "w", event: { topic: "run", ids: ids(201) } });
    expect(fromPayload(payload)?.event.ids).toEqual([]);
  });

  it.each(["", "{", "null", '{"w":1}', '{"w":"w","topic":"secrets","ids":[]}'])("%j is not one of ours", (payload) => {
    expect(fromPayload(payload)).toBeNull();
  });
});
