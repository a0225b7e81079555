import { describe, expect, it } from "vitest";
import { z } from "zod";
import { aToken } from "../testing/http.js";
import { readRawBody } from "./raw-body.js";
import { defineRoute } from "./route.js";
import { echo, useTestApps } from "./testing/echo.js";

const workspaceId = "0192f000-0000-7000-8000-00000000000a";

const serve = useTestApps();

describe("a body", () => {
  const post = async (init: Omit<RequestInit, "headers"> & { headers: Record<string, string>; duplex?: "half" }) => {
    const app = await serve({ routes: [echo] });
    const headers = { "x-test-actor": JSON.stringify(aToken(workspaceId)), ...init.headers };
    return fetch(`${app.url}/api/echo/1`, { method: "POST", ...init, headers });
  };
  const json = { "content-type": "application/json" };

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", ""])(
    "of type %j is refused",
    async (type) => {
      expect((await post({ headers: { "content-type": type }, body: '{"word":"hello"}' })).status).toBe(415);
    },
  );

  it("that is compressed is refused", async () => {
    const response = await post({ headers: { ...json, "content-encoding": "gzip" }, body: "{}" });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: "unsupported_encoding" });
  });

  it.each([
    ["is not JSON", "{word"],
    ["is nested too deeply", `{"word":"hello","deep":${"[".repeat(65)}${"]".repeat(65)}}`],
    ["holds a forbidden key", '{"word":"hello","__proto__":{}}'],
    ["holds a NUL", String.raw`{"word":"he\u0000llo"}`],
  ])("that %s is refused", async (_what, body) => {
    const response = await post({ headers: json, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "invalid_json" });
  });

  it("over 256 KB is refused by its length alone", async () => {
    const response = await post({ headers: json, body: "x".repeat(262_145) });
    expect(response.status).toBe(413);
  });

  it("over 256 KB in chunks is refused without being kept", async () => {
    const chunk = Buffer.alloc(65_536, 0x20);
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let n = 0; n < 160; n++) controller.enqueue(chunk);
        controller.close();
      },
    });
    const response = await post({ headers: json, body: chunks, duplex: "half" });
    expect(response.status).toBe(413);
  });
});

describe("a signed route", () => {
  const signed = defineRoute({
    method: "post",
    path: "/hooks/:id",
    access: "signed",
    summary: "Bytes",
    reply: z.object({ hex: z.string() }),
    handle: async ({ request }) => ({ hex: (await readRawBody(request)).toString("hex") }),
  });

  it("reads the very bytes that were sent, whatever they are called", async () => {
    const app = await serve({ routes: [signed] });
    const body = Buffer.from([0, 255, 13, 10]);
    const response = await fetch(`${app.url}/hooks/1`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    expect(await response.json()).toEqual({ hex: "00ff0d0a" });
  });
});
