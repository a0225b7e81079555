import { Agent, request } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { Sandbox } from "../sandbox.js";
import { connect, CX, refusal } from "../slack/testing/clients.js";
import { postJson, startTestSandbox } from "../testing/sandbox-under-test.js";
import type { FaultRuleInput } from "./rule.js";

type FaultInput = FaultRuleInput["fault"];

const postMatch = { slackMethod: "chat.postMessage" };

/** One post over a connection of its own, by a client that hides nothing. */
const post = async (sandbox: Sandbox, options: { method?: string; text?: string; signal?: AbortSignal } = {}) => {
  const agent = new Agent();
  onTestFinished(() => agent.destroy());
  return request(`${sandbox.baseUrl("slack")}/api/${options.method ?? "chat.postMessage"}`, {
    method: "POST",
    dispatcher: agent,
    signal: options.signal ?? null,
    headers: { authorization: `Bearer ${SLACK_ACCOUNT.botToken}`, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ channel: CX, text: options.text ?? "x" }).toString(),
  });
};

const messageCount = (sandbox: Sandbox): number => {
  const messages = sandbox.state()["slack"]?.["messages"];
  return Array.isArray(messages) ? messages.length : 0;
};

const withFault = async (fault: FaultInput): Promise<Sandbox> => {
  const sandbox = await startTestSandbox();
  sandbox.faults.add({ system: "slack", match: postMatch, fault });
  return sandbox;
};

describe("faults at the socket", () => {
  test("latency answers when its time has come", async () => {
    const sandbox = await withFault({ kind: "latency", ms: 60_000 });
    const posting = post(sandbox);
    await expect.poll(() => sandbox.log()).toMatchObject([{ fault: "latency", status: null }]);
    expect(messageCount(sandbox)).toBe(0);
    await sandbox.advance(60_000);
    expect((await posting).statusCode).toBe(200);
  });

  test("stall_headers applies and never answers", async () => {
    const sandbox = await withFault({ kind: "stall_headers" });
    const controller = new AbortController();
    const posting = post(sandbox, { signal: controller.signal });
    await expect.poll(() => messageCount(sandbox)).toBe(1);
    controller.abort();
    await expect(posting).rejects.toThrow("aborted");
  });

  test("stall_body sends the head and no end", async () => {
    const sandbox = await withFault({ kind: "stall_body", bytes: 5 });
    const controller = new AbortController();
    const response = await post(sandbox, { signal: controller.signal });
    const reading = response.body.text();
    expect(Number(response.headers["content-length"])).toBeGreaterThan(5);
    controller.abort();
    await expect(reading).rejects.toThrow("aborted");
    expect(messageCount(sandbox)).toBe(1);
  });

  test("truncate_body hangs up in the middle", async () => {
    const sandbox = await withFault({ kind: "truncate_body" });
    const response = await post(sandbox);
    await expect(response.body.text()).rejects.toMatchObject({ code: "UND_ERR_SOCKET" });
    expect(messageCount(sandbox)).toBe(1);
  });

  test.each([
    ["rst_before_apply", 0],
    ["rst_after_apply", 1],
  ] as const)("%s resets the connection with %i effects", async (kind, effects) => {
    const sandbox = await withFault({ kind });
    await expect(post(sandbox)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(messageCount(sandbox)).toBe(effects);
  });

  test("apply_late takes effect after the client has gone", async () => {
    const sandbox = await withFault({ kind: "apply_late", ms: 20_000 });
    await expect(post(sandbox)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(messageCount(sandbox)).toBe(0);
    await sandbox.advance(20_000);
    expect(messageCount(sandbox)).toBe(1);
  });

  test("hold_after_apply answers when the rule is deleted", async () => {
    const sandbox = await startTestSandbox();
    const id = sandbox.faults.add({ system: "slack", match: postMatch, times: 2, fault: { kind: "hold_after_apply" } });
    const posting = [post(sandbox), post(sandbox)];
    await expect.poll(() => messageCount(sandbox)).toBe(2);
    expect(sandbox.log().map((entry) => entry.status)).toEqual([null, null]);
    sandbox.faults.remove(id);
    expect((await Promise.all(posting)).map((response) => response.statusCode)).toEqual([200, 200]);
  });

  test("status answers as told and applies nothing", async () => {
    const sandbox = await withFault({ kind: "status", code: 418, headers: { "x-tea": "yes" }, body: { ok: false } });
    const response = await post(sandbox);
    expect([response.statusCode, response.headers["x-tea"], await response.body.json()]).toEqual([
      418,
      "yes",
      { ok: false },
    ]);
    expect(messageCount(sandbox)).toBe(0);
  });

  test("rate_limit speaks the vendor's words, as often as it counts", async () => {
    const sandbox = await withFault({ kind: "rate_limit", count: 2, retryAfter: 7 });
    const [first, second, third] = [await post(sandbox), await post(sandbox), await post(sandbox)];
    expect([first.statusCode, first.headers["retry-after"], await first.body.json()]).toEqual([
      429,
      "7",
      { ok: false, error: "ratelimited" },
    ]);
    expect([second.statusCode, third.statusCode]).toEqual([429, 200]);
  });

  test("rate_limit can leave the header out", async () => {
    const response = await post(await withFault({ kind: "rate_limit", retryAfter: "omit" }));
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([429, undefined]);
  });

  test("5xx_after_apply applies and answers an error page", async () => {
    const sandbox = await withFault({ kind: "5xx_after_apply", code: 502 });
    const response = await post(sandbox);
    expect([response.statusCode, response.headers["content-type"]]).toEqual([502, "text/html; charset=utf-8"]);
    expect(messageCount(sandbox)).toBe(1);
  });

  test("html_200 answers somebody else's page", async () => {
    const response = await post(await withFault({ kind: "html_200" }));
    expect(response.statusCode).toBe(200);
    expect(await response.body.text()).toContain("Please sign in");
  });

  test("redirect points to the same path unless told otherwise", async () => {
    const sandbox = await withFault({ kind: "redirect", code: 307 });
    const response = await post(sandbox);
    expect([response.statusCode, response.headers["location"]]).toEqual([
      307,
      `${sandbox.baseUrl("slack")}/api/chat.postMessage`,
    ]);
  });

  test("faults after apply leave reading calls alone", async () => {
    const sandbox = await startTestSandbox();
    sandbox.faults.add({ system: "slack", fault: { kind: "rst_after_apply" } });
    expect((await post(sandbox, { method: "auth.test" })).statusCode).toBe(200);
  });
});

describe("when a rule strikes", () => {
  const outcomes = async (sandbox: Sandbox, count: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let call = 0; call < count; call += 1) statuses.push((await post(sandbox)).statusCode);
    return statuses;
  };

  test("nth lets the first ones pass, times ends it", async () => {
    const sandbox = await startTestSandbox();
    sandbox.faults.add({
      system: "slack",
      match: { ...postMatch, nth: 2 },
      times: 2,
      fault: { kind: "status", code: 500 },
    });
    expect(await outcomes(sandbox, 4)).toEqual([200, 500, 500, 200]);
  });

  test("chance repeats itself for one seed", async () => {
    const draw = async (seed: number): Promise<number[]> => {
      const sandbox = await startTestSandbox();
      sandbox.faults.add({ system: "slack", p: 0.5, seed, fault: { kind: "status", code: 500 } });
      return outcomes(sandbox, 16);
    };
    const first = await draw(7);
    expect(await draw(7)).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });

  test("path, method and system narrow it", async () => {
    const sandbox = await startTestSandbox();
    sandbox.faults.add({ system: "jira", fault: { kind: "status", code: 500 } });
    sandbox.faults.add({ system: "slack", match: { method: "GET" }, fault: { kind: "status", code: 501 } });
    sandbox.faults.add({ system: "slack", match: { path: "/api/chat.*" }, fault: { kind: "status", code: 502 } });
    expect((await post(sandbox, { method: "auth.test" })).statusCode).toBe(200);
    expect(await outcomes(sandbox, 2)).toEqual([502, 200]);
  });

  test("a text of the body narrows it", async () => {
    const sandbox = await startTestSandbox();
    sandbox.faults.add({
      system: "slack",
      match: { ...postMatch, body: "hello" },
      fault: { kind: "status", code: 500 },
    });
    const answers = [await post(sandbox, { text: "bye" }), await post(sandbox, { text: "hello" })];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 500]);
  });

  test("rules are set, listed and cleared over HTTP, and a wrong one is explained", async () => {
    const sandbox = await startTestSandbox();
    const control = `${sandbox.url}/control/faults`;
    const rule = { system: "slack", match: postMatch, fault: { kind: "status", code: 500 } };
    expect(await postJson(control, rule)).toEqual({ id: "fault-1" });
    expect(await (await fetch(control)).json()).toMatchObject([{ id: "fault-1", remaining: 1, struck: 0 }]);
    expect(await postJson(control, { system: "slack", fault: { kind: "earthquake" } })).toMatchObject({ ok: false });
    await postJson(control, rule);
    await fetch(`${control}/fault-1`, { method: "DELETE" });
    expect(sandbox.faults.list()).toHaveLength(1);
    await fetch(control, { method: "DELETE" });
    expect(sandbox.faults.list()).toEqual([]);
  });
});

describe("faults of the system itself", () => {
  test.each([
    ["reject_token_always", "invalid_auth"],
    ["expire_session", "token_expired"],
  ] as const)("%s refuses the token as %s until it is cleared", async (kind, error) => {
    const sandbox = await startTestSandbox();
    const { web } = connect(sandbox);
    sandbox.faults.add({ system: "slack", fault: { kind } });
    expect(await refusal(web.auth.test())).toBe(error);
    expect(await refusal(web.auth.test())).toBe(error);
    sandbox.faults.clear();
    expect((await web.auth.test()).ok).toBe(true);
  });

  test("revoke_scope takes one scope away", async () => {
    const sandbox = await startTestSandbox();
    sandbox.faults.add({ system: "slack", fault: { kind: "revoke_scope", scope: "channels:history" } });
    expect(await refusal(connect(sandbox).web.conversations.history({ channel: CX }))).toBe("missing_scope");
  });

  test("history_unavailable closes the history, and times counts", async () => {
    const sandbox = await startTestSandbox();
    const { web } = connect(sandbox);
    sandbox.faults.add({ system: "slack", times: 1, fault: { kind: "history_unavailable", error: "fatal_error" } });
    expect(await refusal(web.conversations.history({ channel: CX }))).toBe("fatal_error");
    expect((await web.conversations.history({ channel: CX })).ok).toBe(true);
  });
});
