import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { apiAs } from "../front-door/testing/clients.js";
import { runUntil } from "../front-door/testing/runs.js";
import { aMemberOf, region } from "../front-door/testing/said-rows.js";
import { CX, messages, rowsOf } from "../front-door/testing/slack.js";
import { useProduct } from "../front-door/testing/use-product.js";
import type { RunDetail } from "../runs/run-api.js";
import { clientOf, type Client } from "../testing/http.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { realStepSchema } from "./real-step-api.js";
import { deedShown, madeUp, type Deed } from "./testing/deed-shown.js";

const { product, api } = useProduct({ demo: false });
let flow: FlowHandle;
let jira: string;

beforeAll(async () => {
  const slack = await connect(api, product.sandbox, "slack");
  jira = await connect(api, product.sandbox, "jira");
  flow = await publishFlow(api, "Tried", {
    nodes: [
      [
        "ticket",
        "action",
        deeds.jira(jira, "NPS {{ feedback.score | default: 'none' }}: {{ feedback.comment | default: 'no words' }}"),
      ],
      [
        "tell",
        "action",
        deeds.slack(slack, CX, "{{ feedback.product | default: 'All' }} {{ steps.ticket.key }} {{ run.url }}"),
      ],
      ["ask", "approval", { connectionId: slack, channel: CX, title: "Sure?", text: "Sure?" }],
      ["over", "end", { outcome: "agreed" }],
    ],
    edges: "start > ticket, ticket > tell, tell > ask, ask:approved > over",
  });
}, 60_000);

/** What is made up is done for nobody. */
const PINNED = { ticket: { kind: "done", output: { key: "RND-77" } } };
const deedOf = (nodeId: string, { as = api, ...on }: Partial<Deed> & { readonly as?: Client } = {}) =>
  deedShown(as, flow.flowId, nodeId, on);

/** Something that was said, once the flow's own run of it waits. */
async function said(comment: string): Promise<string> {
  const posted = await post(flow, { score: 2, comment, name: "Quirina", email: `${randomUUID()}@numbat.example` });
  await runUntil(api, posted.runIds[0] ?? "", ({ state }) => state === "waiting");
  const { rows } = await sql<{ id: string }>`select id from response where external_id = ${posted.responseId}`.execute(
    product.database.db,
  );
  return rows[0]?.id ?? "";
}
const DAY_MS = 86_400_000;
const ask = (deed: object, as = api) => as("POST", `/api/flows/${flow.flowId}/real-steps`, deed);
const idOf = (answer: { json: unknown }): string => realStepSchema.parse(answer.json).runId ?? "";
const over = (runId: string): Promise<RunDetail> =>
  runUntil(api, runId, ({ state }) => state === "finished" || state === "stuck");
const issues = () => rowsOf<{ key: string }>(product, "jira", "issues");
const counted = async (what: string, where = sql`true`) =>
  (
    await sql<{ n: number }>`select count(*)::int as n from ${sql.table(what)} where ${where}`.execute(
      product.database.db,
    )
  ).rows[0]?.n;

describe("a step that is done for real", () => {
  it("is done once, by a run of its own, with what was shown; its answer is what later steps read", async () => {
    const before = issues().length;
    const deed = await deedOf("ticket");
    const asked = await ask(deed);
    expect(asked.status, asked.text).toBe(202);
    const run = await over(idOf(asked));
    expect(run).toMatchObject({ state: "finished", outcome: "done", version: null, flowId: flow.flowId });
    expect(run.effects).toMatchObject([{ nodeId: "ticket", state: "done", request: deed.shown.input }]);
    expect(run.effects[0]?.url).toContain(run.effects[0]?.externalId);
    expect(run.steps.find(({ nodeId }) => nodeId === "ticket")?.values).toMatchObject({
      key: run.effects[0]?.externalId,
    });
    expect(run.nodes.map(({ id }) => id)).toEqual(["start", "ticket", "done", "failed"]);
    expect(issues()).toHaveLength(before + 1);
    expect(product.sandbox.effects(run.effects[0]!.key)).toMatchObject({ effects: 1 });
  });

  it("is done once for two clicks at once, and for a third that comes later", async () => {
    const before = issues().length;
    const deed = await deedOf("ticket");
    const both = await Promise.all([ask(deed), ask(deed)]);
    const runId = idOf(both[0]);
    expect(both.map(({ json }) => json)).toEqual(
      expect.arrayContaining([
        { runId, duplicate: false },
        { runId, duplicate: true },
      ]),
    );
    await over(runId);
    expect((await ask(deed)).json).toEqual({ runId, duplicate: true });
    expect(issues()).toHaveLength(before + 1);
    expect(await ask({ ...deed, revision: deed.revision + 1 })).toMatchObject({
      status: 409,
      json: { code: "step_key_used", runId },
    });
  });

  it("reads what is pinned, and names the run that does it", async () => {
    const before = messages(product).length;
    const runId = idOf(await ask(await deedOf("tell", { pins: PINNED, event: madeUp({ product: "Mobile" }) })));
    await over(runId);
    const posted = messages(product).slice(before);
    expect(posted).toHaveLength(1);
    expect(posted[0]?.text).toMatch(new RegExp(`^Mobile RND-77 .*/runs/${runId}`));
  });

  it("of a past event is that event's: its run stands with it, whatever ran for it before", async () => {
    const responseId = await said("The numbat left");
    const run = await over(idOf(await ask(await deedOf("ticket", { event: { kind: "past", responseId } }))));
    expect(run).toMatchObject({ responseId, contactName: "Quirina", effects: [{ state: "done" }] });
    expect(run.effects[0]?.request?.["summary"]).toBe("NPS 2: The numbat left");
    expect(await counted("run", sql`response_id = ${responseId}`)).toBe(2);
  });

  it("names nobody where who does it may not see people", async () => {
    const event = { kind: "past", responseId: await said("The wallaby left") };
    const permissions = ["flows:read", "flows:edit", "flows:publish", "feedback:read"];
    const { json } = await api("POST", "/api/tokens", { name: "Blind", permissions });
    const as = clientOf(product.url, { authorization: `Bearer ${(json as { token: string }).token}` });
    const run = await over(idOf(await ask(await deedOf("ticket", { event, as }), as)));
    expect(run.effects[0]?.request?.["summary"]).toBe("NPS 2: no words");
  });

  it("is tried for as long as its author gave it from the click, whenever it was shown", async () => {
    const deed = await deedOf("ticket");
    const run = idOf(await ask({ ...deed, at: new Date(Date.parse(deed.at) - 1_800_000).toISOString() }));
    const { rows } = await sql<{ ms: number }>`
      select extract(epoch from effect.retry_until - run.created_at) * 1000 as ms
      from effect join run on run.id = effect.owner_id where run.id = ${run}`.execute(product.database.db);
    expect(Math.abs(Number(rows[0]?.ms) - DAY_MS)).toBeLessThan(600_000);
  });

  it("keeps of what was made up whom it is about, sealed, and nothing that was said", async () => {
    const contact = { name: "Wilhelmina", email: "w@wombat.example" };
    const run = await over(
      idOf(await ask(await deedOf("ticket", { event: madeUp({ comment: "The wombat", contact }) }))),
    );
    expect(run.event).toMatchObject({
      feedback: { comment: null },
      contact: { email: "w@wombat.example", name: null },
    });
    expect(await counted("revision", sql`revision::text ~* 'wombat'`)).toBe(0);
    expect(await counted("flow_version", sql`flow_version::text ~* 'wombat'`)).toBe(0);
  });

  it("is no version of its flow, and is told to the audit", async () => {
    const { json } = await api("GET", `/api/flows/${flow.flowId}/versions`);
    expect(json).toMatchObject({ items: [{ number: 1 }] });
    const { rows } = await sql<{ data: object }>`
      select data from audit_event where action = 'flow.step_done' order by at limit 1`.execute(product.database.db);
    expect(rows).toMatchObject([{ data: { step: "ticket", connection: jira } }]);
  });
});

describe("a step for real that goes wrong", () => {
  it("fails in Jira's own words, and its run is over", async () => {
    product.sandbox.faults.add({
      ...{ system: "jira", match: { operation: "POST /issue" }, times: 1 },
      fault: { kind: "status", code: 400 },
    });
    const run = await over(idOf(await ask(await deedOf("ticket"))));
    expect(run).toMatchObject({ state: "finished", outcome: "failed", effects: [{ state: "failed" }] });
    expect(run.effects[0]?.attempts).toMatchObject([{ outcome: "REJECTED" }]);
  });

  it("that may have gone through is looked for, and made once", async () => {
    product.sandbox.faults.add({
      ...{ system: "slack", match: { slackMethod: "chat.postMessage" }, times: 1 },
      fault: { kind: "rst_after_apply" },
    });
    const run = await over(idOf(await ask(await deedOf("tell", { pins: PINNED }))));
    expect(run.effects).toMatchObject([
      { state: "done", attempts: [{ outcome: "AMBIGUOUS" }, { kind: "look-up", outcome: "done" }] },
    ]);
    expect(product.sandbox.effects(run.effects[0]!.key)).toMatchObject({ effects: 1 });
  });

  it("that nobody can clear up stands in doubt, where it is not done again", async () => {
    const { faults } = product.sandbox;
    const match = { slackMethod: "chat.postMessage" };
    faults.add({ system: "slack", match, times: 1, fault: { kind: "rst_after_apply" } });
    faults.add({ system: "slack", fault: { kind: "history_unavailable" } });
    const run = await over(idOf(await ask(await deedOf("tell", { pins: PINNED }))));
    expect(run).toMatchObject({ state: "stuck", inDoubt: 1, effects: [{ state: "ambiguous" }] });
    expect(product.sandbox.effects(run.effects[0]!.key)).toMatchObject({ effects: 1 });
    faults.clear();
  });
});

describe("a step is not done for real", () => {
  const refused = async (deed: object, status: number, code: string, as = api) => {
    const before = await counted("run");
    expect(await ask(deed, as)).toMatchObject({ status, json: { code } });
    expect(await counted("run")).toBe(before);
  };

  it("where it would be something else by now than was shown", async () => {
    const deed = await deedOf("ticket");
    const shown = { ...deed.shown, input: { ...deed.shown.input, summary: "Something else" } };
    await refused({ ...deed, shown }, 409, "step_changed");
    await refused({ ...deed, revision: deed.revision + 1 }, 409, "draft_conflict");
    for (const ms of [-3_700_000, 120_000])
      await refused({ ...deed, at: new Date(Date.now() + ms).toISOString() }, 409, "step_shown_long_ago");
  });

  it("where it is no action, or is not reached", async () => {
    await refused(await deedOf("ask"), 422, "step_not_action");
    const pins = { ticket: { kind: "failed", code: "rejected" } };
    await refused(await deedOf("tell", { pins }), 409, "step_not_reached");
  });

  it("on an answer that is made up: that is somebody's real ticket", async () => {
    const deed = await deedOf("tell");
    expect(deed.shown.input["text"]).toContain("ABC-123");
    await refused(deed, 422, "step_reads_example");
    await refused(await deedOf("tell", { pins: { ticket: { kind: "done", output: {} } } }), 422, "step_reads_example");
  });

  it("while its connection is paused", async () => {
    const deed = await deedOf("ticket");
    await api("POST", `/api/connections/${jira}/pause`);
    await refused(deed, 409, "step_connection_held");
    await api("POST", `/api/connections/${jira}/resume`);
  });

  it("by who may not publish, nor by who would not see its run", async () => {
    const deed = await deedOf("ticket");
    await refused(deed, 403, "forbidden", await apiAs(product, "builder"));
    const { as: inNorth } = await aMemberOf(product, api, [region("north")], "publisher");
    await refused(deed, 403, "forbidden", inNorth);
    const past = await deedOf("ticket", { event: { kind: "past", responseId: await said("Out of their sight") } });
    await refused(past, 404, "not_found", inNorth);
  });

  it("for an employee", async () => {
    const pulse = await publishFlow(
      api,
      "Pulse",
      { nodes: [["over", "end", {}]], edges: "start > over" },
      { domain: "employee" },
    );
    const deed = await deedOf("ticket");
    await refused({ ...deed, event: madeUp({ sourceId: pulse.sourceId }) }, 422, "step_of_employee");
  });

  it("by another with the key of who did it", async () => {
    const deed = await deedOf("ticket");
    const runId = idOf(await ask(deed));
    const { as } = await aMemberOf(product, api, [], "publisher");
    expect(await ask(deed, as)).toMatchObject({ status: 409, json: { code: "step_key_used", runId } });
    await over(runId);
  });

  it("by who made the last change, where a second pair of eyes is asked for", async () => {
    const deed = await deedOf("ticket");
    await api("PUT", "/api/settings", { fourEyes: true });
    await refused(deed, 403, "four_eyes");
    await api("PUT", "/api/settings", { fourEyes: false });
  });
});
