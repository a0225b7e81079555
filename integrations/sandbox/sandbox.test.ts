import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { allSystems } from "./all-systems.js";
import { PEOPLE, SLACK_ACCOUNT } from "./sandbox-accounts.js";
import { startSystems } from "./sandbox.js";
import { createSlack } from "./slack/index.js";
import { connect, CX } from "./slack/testing/clients.js";
import { postJson, startTestSandbox } from "./testing/sandbox-under-test.js";

const effect = (k: string) => ({ metadata: { event_type: "loopwright_effect", event_payload: { k } } });

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

const texts = async (sandbox: Parameters<typeof connect>[0]): Promise<unknown> => {
  const { messages = [] } = await connect(sandbox).web.conversations.history({ channel: CX });
  return messages.map((message) => message.text);
};

describe("what was answered is kept", () => {
  test("messages, effects and ids survive a restart", async () => {
    const dataDir = temporaryFolder();
    const first = await startSystems({ systems: [createSlack], dataDir });
    const { ts } = await connect(first).web.chat.postMessage({ channel: CX, text: "before", ...effect("lw_kept0000") });
    await first.close();
    const second = await startTestSandbox({ dataDir });
    expect(await texts(second)).toEqual(["before"]);
    expect(second.effects("lw_kept0000")).toMatchObject({ keys: 1, items: [{ externalId: `${CX}:${ts}` }] });
    const again = await connect(second).web.chat.postMessage({ channel: CX, text: "after", ...effect("lw_kept0000") });
    expect(Number(again.ts)).toBeGreaterThan(Number(ts));
    expect(second.effects()).toMatchObject({ keys: 1, effects: 2, duplicates: [{ key: "lw_kept0000" }] });
  });

  test("a row stands in the file before its request is answered", async () => {
    const dataDir = temporaryFolder();
    const sandbox = await startTestSandbox({ dataDir });
    await connect(sandbox).web.chat.postMessage({ channel: CX, text: "on disk" });
    expect(readFileSync(join(dataDir, "sandbox.jsonl"), "utf8")).toContain("on disk");
  });

  test("the log of earlier calls survives a restart, and a killed process's last call stands in it", async () => {
    const dataDir = temporaryFolder();
    const first = await startSystems({ systems: [createSlack], dataDir });
    first.faults.add({
      system: "slack",
      match: { slackMethod: "chat.postMessage" },
      fault: { kind: "status", code: 500 },
    });
    const post = { channel: CX, text: "x", ...effect("lw_logged000") };
    await expect(connect(first).web.chat.postMessage(post)).rejects.toThrow();
    await connect(first).web.chat.postMessage(post);
    const before = first.log();
    expect(before).toMatchObject([
      { operation: "chat.postMessage", key: "lw_logged000", fault: "status", status: 500 },
      { operation: "chat.postMessage", key: "lw_logged000", status: 200 },
    ]);
    // Its file as it stands when the answer has come, before anything is closed.
    const folderOfKilled = temporaryFolder();
    copyFileSync(join(dataDir, "sandbox-log.jsonl"), join(folderOfKilled, "sandbox-log.jsonl"));
    await first.close();
    for (const folder of [dataDir, folderOfKilled]) {
      const second = await startTestSandbox({ dataDir: folder });
      expect(await (await fetch(`${second.url}/control/log`)).json()).toEqual(before);
      await connect(second).web.auth.test();
      expect(second.log()).toMatchObject([...before, { operation: "auth.test", status: 200 }]);
    }
  });

  test("half a last line, left by a killed process, is dropped", async () => {
    const dataDir = temporaryFolder();
    const first = await startSystems({ systems: [createSlack], dataDir });
    await connect(first).web.chat.postMessage({ channel: CX, text: "whole" });
    await first.close();
    appendFileSync(join(dataDir, "sandbox.jsonl"), '{"c":"slack/messages","id":"C0CXT');
    const second = await startTestSandbox({ dataDir });
    expect(await texts(second)).toEqual(["whole"]);
  });

  test("a start makes the file as small as its rows", async () => {
    const dataDir = temporaryFolder();
    const first = await startSystems({ systems: [createSlack], dataDir });
    const { web } = connect(first);
    const { ts = "" } = await web.chat.postMessage({ channel: CX, text: "v1" });
    for (const text of ["v2", "v3", "v4"]) await web.chat.update({ channel: CX, ts, text });
    await first.close();
    await startTestSandbox({ dataDir });
    const lines = readFileSync(join(dataDir, "sandbox.jsonl"), "utf8").split("\n");
    expect(lines.filter((line) => line.includes("slack/messages"))).toHaveLength(1);
  });
});

describe("the control port", () => {
  test("reports effects, all or by key", async () => {
    const sandbox = await startTestSandbox();
    await connect(sandbox).web.chat.postMessage({ channel: CX, text: "x", ...effect("lw_one00000") });
    const get = async (path: string): Promise<unknown> => (await fetch(`${sandbox.url}/control/${path}`)).json();
    expect(await get("effects")).toEqual({ keys: 1, effects: 1, duplicates: [] });
    expect(await get("effects?key=lw_none0000")).toEqual({ keys: 0, effects: 0, duplicates: [], items: [] });
    expect(await get("log")).toMatchObject([
      { system: "slack", operation: "chat.postMessage", status: 200, key: "lw_one00000" },
    ]);
    expect(await get("state")).toMatchObject({
      slack: { messages: [{ text: "x" }] },
      core: { effects: [{ key: "lw_one00000" }] },
    });
  });

  test("shows no secret", async () => {
    const sandbox = await startTestSandbox();
    await connect(sandbox).web.chat.postMessage({ channel: CX, text: `my token is ${SLACK_ACCOUNT.botToken}` });
    const everything = await Promise.all(
      ["state", "log", "effects", "info"].map(async (name) => (await fetch(`${sandbox.url}/control/${name}`)).text()),
    );
    for (const text of everything) expect(text).not.toMatch(/xox[bp]-|xapp-/);
  });

  test("clicks and forms are pressed over HTTP, and a wrong request is explained", async () => {
    const sandbox = await startTestSandbox();
    expect(await postJson(`${sandbox.url}/control/click`, { channel: CX, ts: "1.1", actionId: "a" })).toMatchObject({
      ok: false,
      error: `There is no message 1.1 in ${CX}.`,
    });
    expect(await postJson(`${sandbox.url}/control/click`, { channel: 5 })).toMatchObject({ ok: false });
    expect(await postJson(`${sandbox.url}/control/dance`, {})).toMatchObject({
      ok: false,
      error: "There is no control called dance.",
    });
  });

  test("a person on the page acts through the same API, spared by faults", async () => {
    const sandbox = await startTestSandbox({ systems: allSystems });
    sandbox.faults.add({ system: "jira", times: null, fault: { kind: "status", code: 500 } });
    sandbox.faults.add({ system: "salesforce", times: null, fault: { kind: "status", code: 500 } });
    const ask = (body: object) => postJson(`${sandbox.url}/control/request`, body);
    const issue = "/rest/api/3/issue/RND-1";
    expect(
      await ask({
        system: "jira",
        method: "POST",
        path: `${issue}/transitions`,
        body: { transition: { id: "21" } },
        user: PEOPLE[0].id,
      }),
    ).toMatchObject({ status: 204 });
    expect(await ask({ system: "jira", method: "GET", path: issue })).toMatchObject({
      status: 200,
      body: { fields: { status: { name: "In Progress" } } },
    });
    const [contact] = sandbox.state()["salesforce"]?.["Contact"] as { Id: string }[];
    const path = `/services/data/v62.0/sobjects/Contact/${contact!.Id}`;
    expect(await ask({ system: "salesforce", method: "PATCH", path, body: { Title: "Buyer" } })).toMatchObject({
      status: 204,
    });
    expect(await ask({ system: "salesforce", method: "GET", path })).toMatchObject({
      status: 200,
      body: { Title: "Buyer" },
    });
  });

  test("a permalink leads to the message on the page", async () => {
    const sandbox = await startTestSandbox();
    const { web } = connect(sandbox);
    const { ts = "" } = await web.chat.postMessage({ channel: CX, text: "x" });
    const { permalink = "" } = await web.chat.getPermalink({ channel: CX, message_ts: ts });
    const response = await fetch(permalink, { redirect: "manual" });
    expect(response.headers.get("location")).toBe(`${sandbox.url}/#slack/${CX}/${ts}`);
  });

  test("reset leaves the seeded world, seed fills what is empty", async () => {
    const sandbox = await startTestSandbox();
    const before = sandbox.state();
    await connect(sandbox).web.chat.postMessage({ channel: CX, text: "gone", ...effect("lw_gone0000") });
    await postJson(`${sandbox.url}/control/clock`, { advanceMs: 1000 });
    await postJson(`${sandbox.url}/control/reset`, {});
    await postJson(`${sandbox.url}/control/seed`, {});
    expect(sandbox.state()["slack"]?.["users"]).toEqual(before["slack"]?.["users"]);
    expect(sandbox.effects()).toEqual({ keys: 0, effects: 0, duplicates: [] });
    expect(await texts(sandbox)).toEqual([]);
  });

  test("tells listeners what changed", async () => {
    const sandbox = await startTestSandbox();
    const controller = new AbortController();
    const stream = await fetch(`${sandbox.url}/control/events`, { signal: controller.signal });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain("event: hello");
    await connect(sandbox).web.chat.postMessage({ channel: CX, text: "x" });
    expect((await reader.read()).value).toMatch(/event: changed\ndata: \[.*"slack".*\]/);
    controller.abort();
  });

  test("obeys no other website", async () => {
    const sandbox = await startTestSandbox();
    const response = await fetch(`${sandbox.url}/control/reset`, {
      method: "POST",
      headers: { origin: "https://elsewhere.example" },
    });
    expect(response.status).toBe(403);
  });

  test("serves the page under a policy that allows nothing inline or foreign", async () => {
    const sandbox = await startTestSandbox();
    const response = await fetch(`${sandbox.url}/`);
    const html = await response.text();
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(html).toContain("nothing here leaves this machine");
    expect(html).not.toMatch(/<style|style=|<script>|onclick=|https?:\/\//);
    for (const [, file] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      expect((await fetch(sandbox.url + file!)).status, file).toBe(200);
    }
  });
});

describe("starting", () => {
  test("a taken port is named", async () => {
    const sandbox = await startTestSandbox();
    const taken = Number(new URL(sandbox.url).port);
    await expect(startSystems({ systems: [createSlack], port: taken - 1 })).rejects.toThrow(`Port ${taken} is taken`);
  });
});
