import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { ApiError, request, withQuery } from "./client.js";

const answering = (status: number, body: string) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status, statusText: "Odd" })));
const schema = z.object({ name: z.string() });
const problemOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ApiError ? error.problem : null;
};

afterEach(() => vi.unstubAllGlobals());

test("an answer is read by its schema", async () => {
  answering(200, '{"name":"Acme","more":1}');
  expect(await request(schema, "/api/x")).toEqual({ name: "Acme" });
});

test("a refusal keeps the server's own words", async () => {
  const problem = { type: "about:blank", title: "No", status: 422, code: "refused", detail: "Choose a project." };
  answering(422, JSON.stringify(problem));
  expect(await problemOf(request(schema, "/api/x"))).toEqual(problem);
});

test.each([
  ["unexpected_answer", 200, '{"name":3}'],
  ["no_answer", 502, "<html>"],
])("what fits no schema is %s", async (code, status, body) => {
  answering(status, body);
  expect(await problemOf(request(schema, "/api/x"))).toMatchObject({ code, status });
});

test("no network is told as such", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  expect(await problemOf(request(schema, "/api/x"))).toMatchObject({ code: "offline", status: 0 });
});

test("an answer that breaks off is told as no network is", async () => {
  const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError("network error")) });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status: 200 })));
  expect(await problemOf(request(schema, "/api/x"))).toMatchObject({ code: "offline", status: 0 });
});

test("whoever gives up asking hears of that, and not of a network", async () => {
  const asking = new AbortController();
  const body = new ReadableStream({
    pull: (stream) => {
      asking.abort();
      stream.error(asking.signal.reason);
    },
  });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status: 200 })));
  await expect(request(schema, "/api/x", { signal: asking.signal })).rejects.toMatchObject({ name: "AbortError" });
});

test("empty parameters are left out of the address", () => {
  expect(withQuery("/api/runs", { state: "stuck", flowId: undefined, cursor: "", limit: 50 })).toBe(
    "/api/runs?state=stuck&limit=50",
  );
  expect(withQuery("/api/runs", {})).toBe("/api/runs");
});
