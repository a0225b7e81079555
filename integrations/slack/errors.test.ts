import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createHttpClient } from "../http.js";
import { ConnectorError, type OutcomeClass } from "../outcome.js";
import { slackApi } from "./client.js";
import { callTo, fakeSlack, type Reply } from "./testing/fake-slack.js";

const anything = z.object({ ok: z.literal(true) });

async function failing(reply: Reply, intent: "read" | "write" = "write") {
  const slack = await fakeSlack({ "chat.postMessage": reply });
  const api = slackApi(callTo(slack));
  const error: unknown = await api[intent]("chat.postMessage", {}, anything).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConnectorError)) throw new Error(`expected a ConnectorError, got ${String(error)}`);
  return { error, requests: slack.asked.length };
}

const ROWS: readonly (readonly [OutcomeClass, readonly string[]])[] = [
  ["TRANSIENT", ["ratelimited", "rate_limited", "request_timeout"]],
  ["AMBIGUOUS", ["internal_error", "fatal_error", "service_unavailable", "<html>Sorry</html>", "", "No Such Code!"]],
  [
    "AUTH",
    [
      "invalid_auth",
      "not_authed",
      "account_inactive",
      "token_revoked",
      "token_expired",
      "missing_scope",
      "not_allowed_token_type",
      "team_access_not_granted",
    ],
  ],
  [
    "REJECTED",
    [
      "channel_not_found",
      "not_in_channel",
      "is_archived",
      "restricted_action",
      "restricted_action_read_only_channel",
      "no_text",
      "invalid_blocks",
      "msg_blocks_too_long",
      "msg_too_long",
      "metadata_too_large",
      "users_not_found",
      "expired_trigger_id",
      "message_not_found",
      "cant_update_message",
      "edit_window_closed",
      "a_code_of_next_year",
    ],
  ],
];
const CODES = ROWS.flatMap(([outcome, codes]) => codes.map((code) => [code, outcome] as const));

describe("an error code in a 200 answer", () => {
  it.each(CODES)("%j is %s, after one request", async (code, outcome) => {
    const { error, requests } = await failing({ ok: false, error: code });
    expect(error.outcome).toBe(outcome);
    expect(requests).toBe(1);
  });

  it("of a missing scope names the scope", async () => {
    const { error } = await failing({
      ok: false,
      error: "missing_scope",
      needed: "chat:write",
      provided: "users:read",
    });
    expect(error).toMatchObject({ code: "missing_scope", message: /needs the scope chat:write/ });
  });

  it("of a bad argument repeats what Slack says about it", async () => {
    const messages = ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"];
    const { error } = await failing({ ok: false, error: "invalid_blocks", response_metadata: { messages } });
    expect(error.message).toContain("3001");
  });
});

const raw = (status: number, headers: Record<string, string> = {}, body = "") =>
  ((_asked, response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
    return undefined;
  }) satisfies Reply;

const HTML = "<!doctype html><title>Maintenance</title>";

describe("an answer that is not Slack's JSON", () => {
  it.each<[string, Reply, OutcomeClass]>([
    ["HTTP 500", raw(500), "AMBIGUOUS"],
    ["HTTP 503", raw(503, { "retry-after": "5" }), "AMBIGUOUS"],
    ["HTTP 302", raw(302, { location: "https://example.com/" }), "AMBIGUOUS"],
    ["HTTP 204", raw(204), "AMBIGUOUS"],
    ["HTTP 408", raw(408), "TRANSIENT"],
    ["HTTP 403", raw(403), "REJECTED"],
    ["HTTP 413", raw(413), "REJECTED"],
    ["a page of HTML", raw(200, { "content-type": "text/html" }, HTML), "AMBIGUOUS"],
    ["nothing", raw(200), "AMBIGUOUS"],
    ["null", raw(200, {}, "null"), "AMBIGUOUS"],
    ["half of it", raw(200, {}, '{"ok":tr'), "AMBIGUOUS"],
    ["gzip", raw(200, { "content-type": "application/gzip" }, "x"), "AMBIGUOUS"],
    ["another shape", { hello: "world" }, "AMBIGUOUS"],
  ])("%s is %s", async (_, reply, outcome) => {
    const { error, requests } = await failing(reply);
    expect(error.outcome).toBe(outcome);
    expect(requests).toBe(1);
  });

  it("never repeats the page in its message", async () => {
    const { error } = await failing(raw(200, {}, HTML));
    expect(error.message).not.toContain("Maintenance");
  });
});

describe("a rate limit", () => {
  it.each<[string, Reply, number]>([
    ["HTTP 429 with Retry-After", raw(429, { "retry-after": "7" }, '{"ok":false,"error":"ratelimited"}'), 7_000],
    ["HTTP 429 without Retry-After", raw(429, {}, '{"ok":false,"error":"ratelimited"}'), 30_000],
    ["HTTP 429 with an unreadable Retry-After", raw(429, { "retry-after": "soon" }), 30_000],
    ["a 200 body with Retry-After", raw(200, { "retry-after": "9" }, '{"ok":false,"error":"ratelimited"}'), 9_000],
    ["a 200 body without", { ok: false, error: "rate_limited" }, 30_000],
  ])("by %s waits %3$i ms and pauses no one else's client", async (_, reply, waitMs) => {
    const { error, requests } = await failing(reply);
    expect(error).toMatchObject({ outcome: "TRANSIENT", code: "ratelimited", retryAfterMs: waitMs });
    expect(requests).toBe(1);
  });
});

describe("a broken connection", () => {
  const resets: Reply = (_, response) => void response.socket?.resetAndDestroy();
  const resetsInside: Reply = (_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"ok":', () => response.socket?.resetAndDestroy());
    return undefined;
  };

  it.each([
    ["before the answer", resets],
    ["inside the answer", resetsInside],
  ])("%s leaves a write in doubt, and a read to be repeated", async (_, reply) => {
    expect(await failing(reply)).toMatchObject({ error: { outcome: "AMBIGUOUS" }, requests: 1 });
    expect(await failing(reply, "read")).toMatchObject({ error: { outcome: "TRANSIENT" }, requests: 1 });
  });

  it("that could not be made was not applied", async () => {
    const slack = await fakeSlack({});
    await slack.close();
    const api = slackApi(callTo(slack));
    await expect(api.write("chat.postMessage", {}, anything)).rejects.toMatchObject({ outcome: "TRANSIENT" });
  });

  it("to an address that policy forbids is refused", async () => {
    const slack = await fakeSlack({});
    const guarded = createHttpClient({ allowPrivate: [] });
    const api = slackApi(callTo({ ...slack, http: guarded }));
    await expect(api.write("chat.postMessage", {}, anything)).rejects.toMatchObject({
      outcome: "REJECTED",
      code: "private_address",
    });
    await guarded.close();
  });
});

describe("a read", () => {
  it.each([["internal_error"], ["fatal_error"], ["<html>"]])("that fails with %j changed nothing", async (code) => {
    expect((await failing({ ok: false, error: code }, "read")).error.outcome).toBe("TRANSIENT");
  });
});
