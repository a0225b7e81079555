import { describe, expect, it } from "vitest";
import { readHealth } from "./ready.js";

const database = { status: "ok", detail: null, version: "18.1" };
const off = { status: "off", detail: "The sandbox is off, and connections to Slack still point at it.", url: null };

describe("the api's health", () => {
  it("is good enough for the ready line while only the sandbox is off, which is said", () => {
    const body = { status: "ok", version: "1", processes: [], database, sandbox: off };
    expect(readHealth(200, body)).toEqual({ problem: null, notices: [off.detail] });
  });

  it("lets a person in who has to say how to go on after a restore", () => {
    const effects = { status: "held", detail: "Effects stand still." };
    expect(readHealth(200, { status: "degraded", database, effects })).toEqual({
      problem: null,
      notices: ["Effects stand still."],
    });
  });

  it("names what keeps the product from being ready", () => {
    const temporal = { status: "down", detail: "The Temporal does not answer.", address: "x" };
    expect(readHealth(200, { status: "degraded", database, temporal }).problem).toBe(
      "HTTP 200, status degraded. The Temporal does not answer.",
    );
    expect(readHealth(503, "no JSON object").problem).toBe("HTTP 503, status no status.");
  });
});
