import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { FaultRuleInput } from "../../integrations/sandbox/faults/rule.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { until } from "../../workflows/testing/until.js";
import type { RunDetail } from "../runs/run-api.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import {
  connectionsOf,
  draftFor,
  finished,
  publishFlow,
  quiet,
  readRun,
  runUntil,
  stepOf,
  type Connections,
} from "./testing/runs.js";
import { cardOf, CX, hasButtons, messages, messagesOf, rowsOf, SUPPORT } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct();
let connections: Connections;

beforeAll(async () => {
  connections = await connectionsOf(api);
  // The demo's own runs first, so that they meet none of the faults.
  await quiet(api);
});
afterEach(() => {
  product.sandbox.faults.clear();
});
afterAll(() => expect(product.sandbox.effects().duplicates).toEqual([]));

const ticket = (input: object = {}): DraftNode =>
  aNode("action", "ticket", {
    action: "jira.createIssue@1",
    connectionId: connections.jira,
    input: { project: "RND", issueType: "Bug", summary: "NPS {{ feedback.score | default: 0 }}", ...input },
  });
const tell = (text: string, channel = CX): DraftNode =>
  aNode("action", "tell", { action: "slack.postMessage@1", connectionId: connections.slack, input: { channel, text } });

/** Publishes a flow of its own and starts a run of it. */
async function start(name: string, drawn: DraftNode[], edges: string): Promise<string> {
  const flowId = await publishFlow(api, name, draftFor(name, drawn, edges));
  // Nine: the demo's flows leave it alone.
  const { runIds } = await deliver(product, await demoSource(product), aResponse({ product: name, score: 9 }));
  const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
  return runs.find((run) => run.flowId === flowId)!.id;
}

const stuck = (runId: string): Promise<RunDetail> => runUntil(api, runId, ({ state }) => state === "stuck");
const step = (runId: string, nodeId: string, verb: string, body: object) =>
  api("POST", `/api/runs/${runId}/steps/${nodeId}/${verb}`, body);
const issuesOf = (run: RunDetail): unknown[] => {
  const keys = run.effects.map(({ externalId }) => externalId);
  return rowsOf<{ key: string }>(product, "jira", "issues").filter(({ key }) => keys.includes(key));
};
const fault = (rule: FaultRuleInput): string => product.sandbox.faults.add(rule);

describe("a step that Jira refuses", () => {
  it("is stuck with Jira's own reason, told once in the notice channel, and goes on after a retry with changes", async () => {
    const runId = await start(
      "Unknown type",
      [ticket({ issueType: "Epos" }), tell("Ticket {{ steps.ticket.key }}")],
      "start > ticket, ticket > tell",
    );
    const run = await stuck(runId);
    expect(stepOf(run, "ticket")).toMatchObject({ state: "stuck", attempts: 1, stuck: { inDoubt: false } });
    expect(stepOf(run, "ticket").stuck?.message).toMatch(/issue ?type/i);
    const [effect] = run.effects;
    expect(effect).toMatchObject({ state: "failed", iteration: 0, attempts: [{ outcome: "REJECTED", kind: "send" }] });
    const notices = () => messagesOf(product, runId).filter(({ channel }) => channel === SUPPORT);
    await until(notices, (found) => found.length > 0);
    expect(notices()[0]?.text).toContain('A run of "Unknown type" is stuck');
    const input = { ...effect!.request, issueType: "Task" };
    expect(await step(runId, "ticket", "retry", { input })).toMatchObject({ status: 200 });
    const done = await finished(api, runId);
    expect(done.effects.map(({ nodeId, iteration, state }) => [nodeId, iteration, state])).toEqual([
      ["ticket", 0, "failed"],
      ["ticket", 1, "done"],
      ["tell", 0, "done"],
    ]);
    expect(done.effects[0]?.key).not.toBe(done.effects[1]?.key);
    expect(issuesOf(done)).toMatchObject([{ type: "Task" }]);
    expect(done.facts.filter(({ kind }) => kind === "retried")).toMatchObject([{ by: "test admin" }]);
    expect(notices()).toHaveLength(1);
  });

  it("is skipped with a value that later steps read", async () => {
    fault({
      system: "jira",
      match: { operation: "POST /issue" },
      fault: {
        kind: "status",
        code: 400,
        body: { errorMessages: [], errors: { customfield_1: "Region is required." } },
      },
    });
    const runId = await start(
      "Skip",
      [ticket(), tell("Ticket {{ steps.ticket.key }}")],
      "start > ticket, ticket > tell",
    );
    const run = await stuck(runId);
    expect(stepOf(run, "ticket").stuck?.message).toContain("Region is required.");
    expect(await step(runId, "ticket", "skip", { output: "sideways" })).toMatchObject({
      status: 409,
      json: { code: "unknown_output" },
    });
    expect(await step(runId, "ticket", "skip", { output: "next", values: { key: "RND-manual" } })).toMatchObject({
      status: 200,
    });
    const done = await finished(api, runId);
    expect(stepOf(done, "ticket")).toMatchObject({ state: "skipped", output: "next" });
    expect(messages(product).map(({ text }) => text)).toContain("Ticket RND-manual");
  });

  it("takes its way on failure where one is drawn, and nobody is called", async () => {
    const runId = await start(
      "Failure way",
      [ticket({ issueType: "Epos" }), tell("No ticket: {{ run.url }}")],
      "start > ticket, ticket:failure > tell",
    );
    const run = await finished(api, runId);
    expect(stepOf(run, "ticket")).toMatchObject({ state: "failed", output: "failure" });
    expect(messagesOf(product, runId).map(({ channel }) => channel)).not.toContain(SUPPORT);
  });

  it("can be retried or settled only while it is stuck, and a finished run is left alone", async () => {
    const runId = await start("Guards", [ticket({ issueType: "Epos" })], "start > ticket");
    await stuck(runId);
    expect(await step(runId, "ticket", "settle", { externalId: "RND-1", url: null })).toMatchObject({
      status: 409,
      json: { code: "step_not_in_doubt" },
    });
    expect(await step(runId, "start", "retry", {})).toMatchObject({ status: 409, json: { code: "step_not_stuck" } });
    const skips = await Promise.all([1, 2].map(() => step(runId, "ticket", "skip", { output: "next" })));
    expect(skips.map(({ status }) => status).sort()).toEqual([200, 409]);
    await finished(api, runId);
    for (const verb of ["retry", "skip"] as const)
      expect(await step(runId, "ticket", verb, { output: "next" })).toMatchObject({
        status: 409,
        json: { code: "run_finished" },
      });
    expect(await api("POST", `/api/runs/${runId}/cancel`)).toMatchObject({ status: 409 });
  });
});

describe("a run that is cancelled", () => {
  it("withdraws its approval and says so on the card, and sends nothing more", async () => {
    const ask = aNode("approval", "ask", {
      connectionId: connections.slack,
      channel: "#cx",
      title: "Call?",
      text: "Unhappy. {{ run.url }}",
    });
    const runId = await start("Cancel", [ask, tell("never {{ run.url }}")], "start > ask, ask:approved > tell");
    const card = await cardOf(product, runId);
    await runUntil(api, runId, ({ state }) => state === "waiting");
    expect(await api("POST", `/api/runs/${runId}/cancel`)).toMatchObject({ status: 200, json: { state: "cancelled" } });
    const run = await runUntil(api, runId, ({ finishedAt }) => finishedAt !== null);
    expect(run).toMatchObject({ state: "cancelled" });
    const updated = messages(product).find(({ ts, channel }) => ts === card.ts && channel === card.channel)!;
    expect(hasButtons(updated)).toBe(false);
    expect(JSON.stringify(updated.blocks)).toContain("Withdrawn");
    const { items } = (await api("GET", "/api/approvals?state=withdrawn")).json as { items: { runId: string }[] };
    expect(items.map((one) => one.runId)).toContain(runId);
    expect(
      messages(product)
        .map(({ text }) => text)
        .join(),
    ).not.toContain("never");
  });

  it("ends at once when it was stuck", async () => {
    const runId = await start("Cancel stuck", [ticket({ issueType: "Epos" })], "start > ticket");
    await stuck(runId);
    await api("POST", `/api/runs/${runId}/cancel`);
    expect(await runUntil(api, runId, ({ finishedAt }) => finishedAt !== null)).toMatchObject({ state: "cancelled" });
  });
});

describe("a message that Slack took without saying so", () => {
  /** By its text: what earlier runs still have to tell must not take the fault. */
  const loseReplyTo = (text: string) =>
    fault({
      system: "slack",
      match: { slackMethod: "chat.postMessage", body: text },
      fault: { kind: "rst_after_apply" },
    });
  async function losesReply(channel: string): Promise<void> {
    loseReplyTo("once");
    const runId = await start(`Lost reply in ${channel}`, [tell("once {{ run.url }}", channel)], "start > tell");
    const run = await runUntil(api, runId, ({ state }) => state === "finished" || state === "stuck");
    expect(run.effects[0]).toMatchObject({
      state: "done",
      attempts: [
        { kind: "send", outcome: "AMBIGUOUS" },
        { kind: "look-up", outcome: "done" },
      ],
    });
    expect(messagesOf(product, runId)).toHaveLength(1);
    expect(product.sandbox.effects(run.effects[0]!.key)).toMatchObject({ effects: 1 });
  }

  it("is found again in the channel's history: one message, and the run goes on", () => losesReply(CX));

  it("is parked in doubt when the history cannot be read, is never sent twice, and goes on once a person found it", async () => {
    loseReplyTo("doubt");
    fault({ system: "slack", fault: { kind: "history_unavailable" } });
    const runId = await start(
      "In doubt",
      [tell("doubt {{ run.url }}"), ticket({ summary: "After {{ steps.tell.ts }}" })],
      "start > tell, tell > ticket",
    );
    const run = await stuck(runId);
    expect(run).toMatchObject({ inDoubt: 1, effects: [{ state: "ambiguous" }] });
    expect(stepOf(run, "tell").stuck).toMatchObject({ inDoubt: true });
    expect(await step(runId, "tell", "retry", {})).toMatchObject({ status: 409, json: { code: "step_in_doubt" } });
    const [message] = messagesOf(product, runId).filter(({ text }) => text.startsWith("doubt"));
    const externalId = `${message!.channel}/${message!.ts}`;
    expect(await step(runId, "tell", "settle", { externalId, url: null })).toMatchObject({ status: 200 });
    const later = await runUntil(api, runId, ({ steps }) =>
      steps.some(({ nodeId, state }) => nodeId === "ticket" && state !== "pending" && state !== "running"),
    );
    expect(later.effects[0]).toMatchObject({ state: "done", externalId });
    expect(messagesOf(product, runId).filter(({ text }) => text.startsWith("doubt"))).toHaveLength(1);
  });

  it("is found again where the flow names the channel instead of its id", () => losesReply("#cx"));
});

describe("what fails for a while", () => {
  it("is tried again until it works, each try shown", async () => {
    fault({
      system: "jira",
      match: { operation: "POST /issue" },
      times: 2,
      fault: { kind: "rate_limit", retryAfter: 1 },
    });
    const runId = await start("Busy", [ticket()], "start > ticket");
    const run = await finished(api, runId);
    expect(run.effects[0]?.attempts.map(({ outcome }) => outcome)).toEqual(["TRANSIENT", "TRANSIENT", "done"]);
    expect(issuesOf(run)).toHaveLength(1);
  });
});
