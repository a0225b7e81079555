import { describe, expect, it } from "vitest";
import { TransportError } from "./http.js";
import { fromTransport, retryAfterMs } from "./transport.js";

const failed = (phase: "unsent" | "sent", code: string) => new TransportError(phase, code, { message: "it broke" });

describe("a failure below HTTP", () => {
  it.each([
    ["sent", "timeout", "write", "AMBIGUOUS"],
    ["sent", "ECONNRESET", "write", "AMBIGUOUS"],
    ["sent", "body_too_large", "write", "AMBIGUOUS"],
    ["sent", "timeout", "read", "TRANSIENT"],
    ["unsent", "ECONNREFUSED", "write", "TRANSIENT"],
    ["unsent", "cancelled", "write", "TRANSIENT"],
    ["unsent", "private_address", "write", "REJECTED"],
    ["unsent", "host_not_allowed", "read", "REJECTED"],
    ["unsent", "bad_url", "write", "REJECTED"],
  ] as const)("%s with %s on a %s is %s", (phase, code, intent, outcome) => {
    const error = fromTransport(failed(phase, code), intent);
    expect(error).toMatchObject({ outcome, code: code.toLowerCase(), message: "No answer: it broke." });
  });
});

describe("Retry-After", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  it.each([
    ["0", 0],
    [" 12 ", 12_000],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["", undefined],
    ["1.5", undefined],
    ["-3", undefined],
    ["later", undefined],
    [undefined, undefined],
  ])("%j is %s ms", (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
