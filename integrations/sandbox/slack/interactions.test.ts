import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { describe, expect, onTestFinished, test } from "vitest";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { Sandbox } from "../sandbox.js";
import { startReceiver, startTestSandbox } from "../testing/sandbox-under-test.js";
import { apiUrl, approvalBlocks, connect, CX, refusal } from "./testing/clients.js";
import { shapeProblems } from "./testing/shapes.js";

const postApproval = async (sandbox: Sandbox): Promise<string> => {
  const { ts } = await connect(sandbox).web.chat.postMessage({ channel: CX, text: "Approve?", blocks: approvalBlocks });
  return ts ?? "";
};

const payloadOf = (body: string): Record<string, unknown> =>
  JSON.parse(new URLSearchParams(body).get("payload") ?? "{}") as Record<string, unknown>;

const modal = {
  type: "modal" as const,
  callback_id: "reason",
  private_metadata: "run-1",
  title: { type: "plain_text" as const, text: "Why?" },
  submit: { type: "plain_text" as const, text: "Send" },
  blocks: [
    {
      type: "input" as const,
      block_id: "why",
      label: { type: "plain_text" as const, text: "Reason" },
      element: { type: "plain_text_input" as const, action_id: "text" },
    },
  ],
};

const startBolt = async (sandbox: Sandbox): Promise<App> => {
  const receiver = new HTTPReceiver({ signingSecret: SLACK_ACCOUNT.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: SLACK_ACCOUNT.botToken,
    receiver,
    clientOptions: { slackApiUrl: apiUrl(sandbox) },
    logLevel: LogLevel.ERROR,
  });
  const server = await receiver.start({ port: 0, host: "127.0.0.1" });
  onTestFinished(async () => {
    await receiver.stop();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  sandbox.set("slack.interactivityUrl", `http://127.0.0.1:${address.port}/slack/events`);
  return app;
};

describe("clicks and forms", () => {
  test("Bolt accepts a signed click, opens a form and gets what was filled in", async () => {
    const sandbox = await startTestSandbox();
    const app = await startBolt(sandbox);
    const seen: unknown[] = [];
    app.action("approve", async ({ ack, body, client }) => {
      await ack();
      seen.push(body.user.id);
      if ("trigger_id" in body) await client.views.open({ trigger_id: body.trigger_id, view: modal });
    });
    app.view("reason", async ({ ack, view }) => {
      seen.push(view.state.values["why"]?.["text"]?.value, view.private_metadata);
      await ack();
    });
    const ts = await postApproval(sandbox);
    const clicked = await sandbox.act("click", { channel: CX, ts, actionId: "approve", user: "Tom Okafor" });
    expect(clicked.body).toMatchObject({ ok: true, status: 200 });
    await expect.poll(() => sandbox.state()["slack"]?.["views"]).toMatchObject([{ open: true }]);
    const [view] = sandbox.state()["slack"]?.["views"] as { id: string }[];
    const missing = await sandbox.act("submit", { viewId: view!.id, values: {} });
    expect(missing.body).toMatchObject({ ok: false, errors: { why: "Please complete this required field." } });
    const sent = await sandbox.act("submit", { viewId: view!.id, values: { why: "They are right" } });
    expect(sent.body).toMatchObject({ ok: true, closed: true });
    expect(seen).toEqual(["U0TOMOKAFR", "They are right", "run-1"]);
  });

  test("payloads hold nothing that Slack's own do not", async () => {
    const sandbox = await startTestSandbox();
    const product = await startReceiver();
    sandbox.set("productUrl", product.url);
    const ts = await postApproval(sandbox);
    await sandbox.act("click", { channel: "#cx", ts, actionId: "approve", user: "maya" });
    const click = payloadOf(product.received[0]!.body);
    expect(product.received[0]!.path).toBe("/slack/interactivity");
    expect(product.received[0]!.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(shapeProblems("BlockActionPayload", click)).toEqual([]);
    const { view } = await connect(sandbox).web.views.open({ trigger_id: String(click["trigger_id"]), view: modal });
    const updated = await connect(sandbox).web.views.update({
      view_id: view?.id ?? "",
      view: { ...modal, notify_on_close: true },
    });
    expect(updated.view?.hash).not.toBe(view?.hash);
    await sandbox.act("submit", { viewId: view?.id ?? "", values: { why: { text: "x" } } });
    expect(shapeProblems("ViewSubmissionPayload", payloadOf(product.received[1]!.body))).toEqual([]);
  });

  test("a form can be closed, kept open with errors, or go on to another", async () => {
    const answers: object[] = [
      { response_action: "errors", errors: { why: "Say more" } },
      { response_action: "push", view: modal },
      { response_action: "clear" },
    ];
    const product = await startReceiver(({ body }, response) => {
      response.end(payloadOf(body)["type"] === "view_submission" ? JSON.stringify(answers.shift()) : "");
    });
    const sandbox = await startTestSandbox({ deliverTo: product.url });
    const ts = await postApproval(sandbox);
    await sandbox.act("click", { channel: CX, ts, actionId: "approve" });
    const trigger = String(payloadOf(product.received[0]!.body)["trigger_id"]);
    const { view } = await connect(sandbox).web.views.open({
      trigger_id: trigger,
      view: { ...modal, notify_on_close: true },
    });
    const send = async (viewId: string) => (await sandbox.act("submit", { viewId, values: { why: "x" } })).body;
    expect(await send(view?.id ?? "")).toMatchObject({ ok: false, errors: { why: "Say more" } });
    const pushed = await send(view?.id ?? "");
    expect(pushed).toMatchObject({ ok: true });
    expect(await send((pushed as { viewId: string }).viewId)).toMatchObject({ ok: true, closed: true });
    expect(sandbox.state()["slack"]?.["views"]).toMatchObject([{ open: false }, { open: false }]);
  });

  test("closing a form is told to the app only if it asked", async () => {
    const product = await startReceiver();
    const sandbox = await startTestSandbox({ deliverTo: product.url });
    const ts = await postApproval(sandbox);
    await sandbox.act("click", { channel: CX, ts, actionId: "reject" });
    const trigger = String(payloadOf(product.received[0]!.body)["trigger_id"]);
    const { view } = await connect(sandbox).web.views.open({
      trigger_id: trigger,
      view: { ...modal, notify_on_close: true },
    });
    await sandbox.act("dismiss", { viewId: view?.id ?? "" });
    const closed = payloadOf(product.received[1]!.body);
    expect(closed["type"]).toBe("view_closed");
    expect(shapeProblems("ViewClosedPayload", closed)).toEqual([]);
  });

  test("a trigger opens one form, within three seconds", async () => {
    const product = await startReceiver();
    const sandbox = await startTestSandbox({ deliverTo: product.url });
    const { web } = connect(sandbox);
    const ts = await postApproval(sandbox);
    const trigger = async (): Promise<string> => {
      await sandbox.act("click", { channel: CX, ts, actionId: "approve" });
      return String(payloadOf(product.received.at(-1)!.body)["trigger_id"]);
    };
    const first = await trigger();
    await web.views.open({ trigger_id: first, view: { ...modal, external_id: "one" } });
    expect(await refusal(web.views.open({ trigger_id: first, view: modal }))).toBe("exchanged_trigger_id");
    expect(await refusal(web.views.open({ trigger_id: await trigger(), view: { ...modal, external_id: "one" } }))).toBe(
      "duplicate_external_id",
    );
    const late = await trigger();
    await sandbox.advance(3001);
    expect(await refusal(web.views.open({ trigger_id: late, view: modal }))).toBe("expired_trigger_id");
  });

  test("an app that does not answer within three seconds is shown as such", async () => {
    const product = await startReceiver(() => undefined);
    const sandbox = await startTestSandbox({ deliverTo: product.url });
    const ts = await postApproval(sandbox);
    const clicking = sandbox.act("click", { channel: CX, ts, actionId: "approve" });
    await expect.poll(() => product.received).toHaveLength(1);
    await sandbox.advance(3000);
    expect((await clicking).body).toMatchObject({ ok: false, error: "app did not respond" });
    expect(sandbox.state()["slack"]?.["interactions"]).toMatchObject([
      { outcome: "app did not respond", status: null },
    ]);
  });

  test("a button that is not there any more cannot be pressed", async () => {
    const sandbox = await startTestSandbox();
    const ts = await postApproval(sandbox);
    await connect(sandbox).web.chat.update({ channel: CX, ts, text: "Approved", blocks: [] });
    expect((await sandbox.act("click", { channel: CX, ts, actionId: "approve" })).status).toBe(409);
    expect((await sandbox.act("click", { channel: CX, ts: "1.000001", actionId: "approve" })).status).toBe(404);
  });

  test("a response URL works five times, for half an hour", async () => {
    const product = await startReceiver();
    const sandbox = await startTestSandbox({ deliverTo: product.url });
    const ts = await postApproval(sandbox);
    await sandbox.act("click", { channel: CX, ts, actionId: "approve" });
    const url = String(payloadOf(product.received[0]!.body)["response_url"]);
    const respond = async (body: object) => {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return `${response.status} ${await response.text()}`;
    };
    expect(await respond({ replace_original: true, text: "Approved by Maya" })).toBe("200 ok");
    expect((await connect(sandbox).web.conversations.history({ channel: CX })).messages?.[0]?.text).toBe(
      "Approved by Maya",
    );
    for (let use = 2; use <= 5; use += 1) expect(await respond({ text: "note" })).toBe("200 ok");
    expect(await respond({ text: "note" })).toBe("404 used_url");
    await sandbox.act("slash", { channel: CX, command: "/loop", text: "status" });
    const fresh = new URLSearchParams(product.received[1]!.body).get("response_url") ?? "";
    await sandbox.advance(31 * 60_000);
    expect((await fetch(fresh, { method: "POST", body: "{}" })).status).toBe(404);
  });

  test("what people write reaches the app as an event, three times more if it does not answer", async () => {
    const product = await startReceiver((_, response) => {
      response.statusCode = 500;
      response.end();
    });
    const sandbox = await startTestSandbox({ settings: { "slack.eventsUrl": `${product.url}/slack/events` } });
    const saying = sandbox.act("say", { channel: "cx", text: "any news?", user: "ines" });
    await expect.poll(() => product.received.length).toBe(2);
    await sandbox.advance(60_000);
    await expect.poll(() => product.received.length).toBe(3);
    await sandbox.advance(300_000);
    await saying;
    const ids = product.received.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(1);
    expect(product.received.map(({ headers }) => headers["x-slack-retry-num"])).toEqual([undefined, "1", "2", "3"]);
  });
});
