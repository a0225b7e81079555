import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { JIRA_ACCOUNT, SLACK_ACCOUNT } from "../../integrations/sandbox/index.js";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { until } from "../../workflows/testing/until.js";
import type { ConnectionView } from "../connections/connection-api.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import {
  connectionsOf,
  draftFor,
  finished,
  publishFlow,
  quiet,
  readRun,
  runUntil,
  type Connections,
} from "./testing/runs.js";
import { messages, SUPPORT } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

// Usual times for rescuing: whatever the sweeper must move here is a mistake.
const { product, api } = useProduct({ timing: { rescueMs: 120_000, overdueMs: 15_000 } });
let connections: Connections;

beforeAll(async () => {
  connections = await connectionsOf(api);
  // The demo's own runs first: the next one is the one whose credentials are refused.
  await quiet(api);
  const ticket = aNode("action", "ticket", {
    action: "jira.createIssue@1",
    connectionId: connections.jira,
    input: { project: "RND", issueType: "Bug", summary: "Broken" },
  });
  await publishFlow(api, "Broken Jira", draftFor("Broken Jira", [ticket], "start > ticket"));
  const tell = aNode("action", "tell", {
    action: "slack.postMessage@1",
    connectionId: connections.slack,
    input: { channel: "#cx", text: "Slack is back: {{ run.id }}" },
  });
  await publishFlow(api, "Broken Slack", draftFor("Broken Slack", [tell], "start > tell"));
});

const connection = async (id: string): Promise<ConnectionView> => {
  const { items } = (await api("GET", "/api/connections")).json as { items: ConnectionView[] };
  return items.find((one) => one.id === id)!;
};

async function start(flowName: string): Promise<string> {
  const { runIds } = await deliver(product, await demoSource(product), aResponse({ product: flowName, score: 9 }));
  const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
  return runs.find((run) => run.flowName === flowName)!.id;
}

const refusedOnce = (runId: string) =>
  runUntil(api, runId, ({ effects }) =>
    effects.some(({ state, attempts }) => state === "intent" && attempts.some(({ outcome }) => outcome === "AUTH")),
  );

describe("credentials that Jira refuses", () => {
  it("break the connection: runs wait without being stuck, it is told once, and mending it lets them all finish", async () => {
    product.sandbox.faults.add({ system: "jira", fault: { kind: "reject_token_always" } });
    const first = await start("Broken Jira");
    await refusedOnce(first);
    expect(await connection(connections.jira)).toMatchObject({ state: "broken" });
    const later = [await start("Broken Jira"), await start("Broken Jira")];
    for (const id of later) await runUntil(api, id, ({ effects }) => effects.length === 1);
    const waiting = await Promise.all([first, ...later].map((id) => readRun(api, id)));
    for (const run of waiting) {
      expect(run.state).not.toBe("stuck");
      expect(run.effects).toMatchObject([{ state: "intent", externalId: null }]);
      expect(run.heldBy).toMatchObject([{ nodeId: "ticket", connectionId: connections.jira, state: "broken" }]);
    }
    const notices = () =>
      messages(product, SUPPORT).filter(({ text }) => text.includes('The connection "Jira" was refused'));
    await until(notices, (told) => told.length > 0);

    expect(
      await api("PUT", `/api/connections/${connections.jira}`, { secret: { apiToken: JIRA_ACCOUNT.apiToken } }),
    ).toMatchObject({ status: 422, json: { code: "connection_refused" } });
    expect(await connection(connections.jira)).toMatchObject({ state: "broken" });
    product.sandbox.faults.clear();
    const mended = await api("PUT", `/api/connections/${connections.jira}`, {
      secret: { apiToken: JIRA_ACCOUNT.apiToken },
    });
    expect(mended).toMatchObject({ status: 200, json: { state: "ok", reason: null } });
    expect(mended.text).not.toContain(JIRA_ACCOUNT.apiToken);
    for (const id of [first, ...later]) {
      const run = await finished(api, id);
      expect(run.effects).toMatchObject([{ state: "done" }]);
      expect(product.sandbox.effects(run.effects[0]!.key)).toMatchObject({ effects: 1 });
    }
    expect(notices()).toHaveLength(1);
  });
});

describe("credentials that Slack refuses", () => {
  it("keep the notice about it until the connection is mended; then it and the run go out", async () => {
    product.sandbox.faults.add({
      system: "slack",
      match: { slackMethod: "chat.*" },
      fault: { kind: "reject_token_always" },
    });
    const runId = await start("Broken Slack");
    await refusedOnce(runId);
    expect(await connection(connections.slack)).toMatchObject({ state: "broken" });
    product.sandbox.faults.clear();
    const secret = { botToken: SLACK_ACCOUNT.botToken };
    expect(await api("PUT", `/api/connections/${connections.slack}`, { secret })).toMatchObject({
      status: 200,
      json: { state: "ok" },
    });
    await finished(api, runId);
    expect(messages(product).map(({ text }) => text)).toContain(`Slack is back: ${runId}`);
    const notices = () =>
      messages(product, SUPPORT).filter(({ text }) => text.includes('The connection "Slack" was refused'));
    await until(notices, (told) => told.length > 0);
    expect(notices()).toHaveLength(1);
  });
});

describe("a connection that a person paused", () => {
  it("holds its runs and releases them when it is resumed", async () => {
    await api("POST", `/api/connections/${connections.jira}/pause`);
    const runId = await start("Broken Jira");
    await runUntil(api, runId, ({ effects }) => effects.length === 1);
    expect((await readRun(api, runId)).effects).toMatchObject([{ state: "intent", attempts: [] }]);
    expect(await api("DELETE", `/api/connections/${connections.jira}`)).toMatchObject({
      status: 409,
      json: { code: "connection_in_use" },
    });
    await api("POST", `/api/connections/${connections.jira}/resume`);
    expect((await finished(api, runId)).effects).toMatchObject([{ state: "done" }]);
  });
});

it("releasing is handed over, not rescued", async () => {
  const { rows } = await sql<{ n: number }>`select n::int from counter where name = 'rescued_total'`.execute(
    product.database.db,
  );
  expect(rows).toEqual([]);
});
