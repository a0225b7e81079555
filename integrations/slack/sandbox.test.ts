import { describe, expect, it, onTestFinished } from "vitest";
import type { Call, LookUp } from "../connector.js";
import { createHttpClient } from "../http.js";
import { SLACK_ACCOUNT } from "../sandbox/sandbox-accounts.js";
import { startReceiver, startTestSandbox } from "../sandbox/testing/sandbox-under-test.js";
import { approvalCard } from "./actions/approval-card.js";
import { approvalDecision } from "./actions/approval-decision.js";
import { postMessage } from "./actions/post-message.js";
import type { SlackConfig, SlackSecret } from "./config.js";
import { slackConnector } from "./index.js";
import { readInteraction, verifySlackRequest } from "./interactivity.js";
import { openReasonModal } from "./reason-modal.js";

type Sandbox = Awaited<ReturnType<typeof startTestSandbox>>;
const CX = "C0CXTEAM01";
const signal = new AbortController().signal;

async function connect(sandbox: Sandbox) {
  const url = sandbox.baseUrl("slack");
  const http = createHttpClient({ allowPrivate: [new URL(url).host] });
  onTestFinished(() => http.close());
  const { botToken, signingSecret, appToken } = SLACK_ACCOUNT;
  const account = { id: "c1", config: { apiUrl: `${url}/api/` }, secret: { botToken, signingSecret, appToken }, http };
  const checked = await slackConnector.check(account, signal);
  const connection = { ...account, config: { ...account.config, facts: checked.facts } };
  const call = (key: string): Call<SlackConfig, SlackSecret> => ({
    connection,
    key,
    signal,
    deadlineMs: 2_000,
    aboutToSend: () => undefined,
  });
  const lookUp = (key: string): LookUp<SlackConfig, SlackSecret> => {
    const now = new Date();
    const lastSentAt = new Date(now.getTime() - 3_600_000);
    return { connection, key, signal, deadlineMs: 2_000, since: lastSentAt, lastSentAt, now };
  };
  return { checked, connection, call, lookUp };
}

const card = {
  channel: CX,
  approvalId: "apr_1",
  title: "Call them?",
  text: "NPS 3",
  approveLabel: "Approve",
  rejectLabel: "Reject",
};

describe("against the Slack sandbox", () => {
  it("the check, the pickers and a message work", async () => {
    const sandbox = await startTestSandbox();
    const { checked, connection, call } = await connect(sandbox);
    expect(checked).toMatchObject({
      facts: { teamId: SLACK_ACCOUNT.teamId, botUserId: SLACK_ACCOUNT.botUserId, history: true },
    });
    const ask = { query: "", values: {}, signal };
    expect(await slackConnector.options["channels"]!(connection, ask)).toContainEqual({
      ...{ value: "#cx", id: CX, label: "#cx" },
    });
    expect((await slackConnector.options["people"]!(connection, { ...ask, query: "maya" }))[0]?.label).toBe(
      "Maya Lindqvist",
    );
    const sent = await postMessage.send({ channel: CX, text: "Hello <!channel>" }, call("lw_a"));
    expect(sent.url).toContain(`/archives/${CX}/p`);
    expect(sandbox.effects("lw_a")).toMatchObject({ effects: 1, duplicates: [] });
  });

  it("a channel that the app is not in is joined", async () => {
    const sandbox = await startTestSandbox();
    const { call } = await connect(sandbox);
    const sent = await postMessage.send({ channel: "C0GENERAL1", text: "Hello" }, call("lw_a"));
    expect(sent.externalId).toMatch(/^C0GENERAL1\//);
  });

  it("so is one that is named, also where private channels cannot be listed; and what is posted there is found", async () => {
    const sandbox = await startTestSandbox();
    const { call, lookUp } = await connect(sandbox);
    sandbox.faults.add({ system: "slack", fault: { kind: "revoke_scope", scope: "groups:read" } });
    const input = { channel: "#general", text: "Hello" };
    const sent = await postMessage.send(input, call("lw_a"));
    expect(sent.externalId).toMatch(/^C0GENERAL1\//);
    expect(await postMessage.find!(input, lookUp("lw_a"))).toEqual({ kind: "found", sent });
  });

  it.each(["rst_after_apply", "5xx_after_apply", "html_200", "truncate_body", "stall_body"] as const)(
    "a message whose answer is lost by %s is in doubt, and then found: one message",
    async (kind) => {
      const sandbox = await startTestSandbox();
      const { call, lookUp } = await connect(sandbox);
      sandbox.faults.add({ system: "slack", match: { slackMethod: "chat.postMessage" }, fault: { kind, bytes: 10 } });
      const input = { channel: CX, text: "Hello" };
      await expect(postMessage.send(input, call("lw_a"))).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
      const found = await postMessage.find!(input, lookUp("lw_a"));
      if (kind === "html_200") expect(["found", "absent"]).toContain(found.kind);
      else expect(found).toMatchObject({ kind: "found" });
      expect(sandbox.effects("lw_a").effects).toBe(found.kind === "found" ? 1 : 0);
    },
  );

  it("a message that never arrived is proved absent", async () => {
    const sandbox = await startTestSandbox();
    const { call, lookUp } = await connect(sandbox);
    sandbox.faults.add({
      system: "slack",
      match: { slackMethod: "chat.postMessage" },
      fault: { kind: "rst_before_apply" },
    });
    const input = { channel: CX, text: "Hello" };
    await expect(postMessage.send(input, call("lw_a"))).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    expect(await postMessage.find!(input, lookUp("lw_a"))).toEqual({ kind: "absent" });
  });

  it("a direct message, and one in a thread, are found again", async () => {
    const sandbox = await startTestSandbox();
    const { call, lookUp } = await connect(sandbox);
    const direct = { channel: "U0MAYALIND", text: "Hello" };
    const sent = await postMessage.send(direct, call("lw_a"));
    expect(await postMessage.find!(direct, lookUp("lw_a"))).toEqual({ kind: "found", sent });
    const parent = await postMessage.send({ channel: CX, text: "Parent" }, call("lw_b"));
    const reply = { channel: CX, text: "Reply", threadTs: String(parent.output["ts"]) };
    const replied = await postMessage.send(reply, call("lw_c"));
    expect(await postMessage.find!(reply, lookUp("lw_c"))).toEqual({ kind: "found", sent: replied });
  });

  it("without the history a doubt stays a doubt", async () => {
    const sandbox = await startTestSandbox();
    const { lookUp } = await connect(sandbox);
    sandbox.faults.add({ system: "slack", fault: { kind: "revoke_scope", scope: "channels:history" } });
    expect(await postMessage.find!({ channel: CX, text: "Hello" }, lookUp("lw_a"))).toMatchObject({
      kind: "inconclusive",
    });
  });

  it("a rate limit is told with its wait, and a dead token as such", async () => {
    const sandbox = await startTestSandbox();
    const { call } = await connect(sandbox);
    sandbox.faults.add({ system: "slack", fault: { kind: "rate_limit", retryAfter: 3 } });
    const send = () => postMessage.send({ channel: CX, text: "Hello" }, call("lw_a"));
    await expect(send()).rejects.toMatchObject({ outcome: "TRANSIENT", retryAfterMs: 3_000 });
    sandbox.faults.add({ system: "slack", fault: { kind: "reject_token_always" } });
    await expect(send()).rejects.toMatchObject({ outcome: "AUTH", code: "invalid_auth" });
  });

  it("a click on a card comes back signed, the reason's modal opens, and the decision takes the buttons away", async () => {
    const product = await startReceiver();
    const sandbox = await startTestSandbox({ deliverTo: product.url });
    const { connection, call, lookUp } = await connect(sandbox);
    const sent = await approvalCard.send(card, call("lw_card"));
    expect(await approvalCard.find!(card, lookUp("lw_card"))).toEqual({ kind: "found", sent });
    const ts = String(sent.output["ts"]);
    await sandbox.act("click", { channel: CX, ts, actionId: "approval.reject", user: "maya" });

    const { body, headers } = product.received[0]!;
    const rawBody = Buffer.from(body);
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const signingSecrets = [SLACK_ACCOUNT.signingSecret];
    expect(verifySlackRequest({ rawBody, headers: flat, signingSecrets, now: new Date() })).toMatchObject({ ok: true });
    const click = readInteraction(rawBody);
    expect(click).toMatchObject({
      kind: "approvalClick",
      choice: "reject",
      approvalId: "apr_1",
      userId: "U0MAYALIND",
      messageTs: ts,
    });
    if (click?.kind !== "approvalClick") throw new Error("no click");

    const words = { title: "Reject", label: "Why?", submitLabel: "Reject", cancelLabel: "Cancel" };
    await openReasonModal({ ...click, ...words }, { connection, signal, deadlineMs: 2_000 });
    const [view] = (sandbox.state()["slack"]?.["views"] ?? []) as { id: string }[];
    await sandbox.act("submit", { viewId: view?.id, values: { reason: { text: "too early" } }, user: "maya" });
    const submitted = readInteraction(Buffer.from(product.received[1]?.body ?? ""));
    expect(submitted).toMatchObject({
      kind: "reasonSubmitted",
      approvalId: "apr_1",
      reason: "too early",
      messageTs: ts,
    });

    const decision = {
      channel: CX,
      ts,
      title: card.title,
      text: card.text,
      decision: "rejected",
      decidedBy: "Maya",
      reason: "too early",
    };
    await approvalDecision.send({ ...decision, decidedAt: "2026-03-01T12:00:00Z" }, call("lw_decision"));
    const left = JSON.stringify(sandbox.state()["slack"]?.["messages"]);
    expect(left).toContain("Rejected by Maya");
    expect(left).not.toContain("approval.reject");
    expect(await approvalCard.find!(card, lookUp("lw_card"))).toMatchObject({ kind: "found" });
  });
});
