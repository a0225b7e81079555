import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import type { FlowDetail } from "../flows/flow-api.js";
import { CX } from "../front-door/testing/slack.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { testFlows } from "./flow-test-command.js";
import { flowTestSchema, testResultsSchema } from "./flow-test-api.js";

const { product, api } = useProduct({ demo: false, worker: false });
const words = 'Score {{ feedback.score }}: {{ feedback.comment | default: "nothing" }}';
let flow: FlowHandle;
let testId: string;
const at = (path: string) => `/api/flows/${flow.flowId}/${path}`;

beforeAll(async () => {
  const slack = await connect(api, product.sandbox, "slack");
  const when = { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] };
  const drawing = {
    trigger: { when },
    nodes: [["tell", "action", deeds.slack(slack, CX, words)]],
    edges: "start > tell",
  } as const;
  flow = await publishFlow(api, "Tested", drawing);
  await post(flow, { score: 3, comment: "The numbat left", name: "Quirina", email: "q@numbat.example" });
  const { rows } = await sql<{ id: string }>`select id from response`.execute(product.database.db);
  const event = { kind: "past", responseId: rows[0]?.id };
  const saved = await api("POST", at("tests"), { name: "An unhappy customer", event });
  expect(saved.status, saved.text).toBe(201);
  testId = flowTestSchema.parse(saved.json).id;
}, 60_000);

/** Saves the draft with another text; answers its revision. */
async function save(text: string): Promise<number> {
  const { draft, draftRevision } = (await api("GET", `/api/flows/${flow.flowId}`)).json as FlowDetail;
  const nodes = draft.nodes.map((node) =>
    node.id === "tell" ? { ...node, config: { ...node.config, input: { channel: CX, text } } } : node,
  );
  const body = { draft: { ...draft, nodes }, revision: draftRevision };
  return ((await api("PUT", at("draft"), body)).json as { revision: number }).revision;
}
const run = async (body: object = {}) => testResultsSchema.parse((await api("POST", at("tests/run"), body)).json).items;
const publish = (revision: number, more: object = {}) => api("POST", at("publish"), { revision, ...more });

describe("a flow test", () => {
  it("keeps an event like the one that was tried, without the person and without their words", async () => {
    const { rows } = await sql<{ all: string }>`select flow_test::text as all from flow_test`.execute(
      product.database.db,
    );
    expect(rows[0]?.all).not.toMatch(/numbat|Quirina/i);
    expect(rows[0]?.all).toContain("Something that somebody said.");
  });

  it("holds while the flow does the same, whenever it is run", async () => {
    expect(await run()).toEqual([{ id: testId, name: "An unhappy customer", differences: [] }]);
    expect((await publish(await save(words))).status).toBe(200);
  });

  it("that fails keeps its flow from being published, and says in sentences what is not as it was", async () => {
    const revision = await save("Only {{ feedback.score }}");
    const sentence = "Step tell: text was “Score 3: Something that somebody said.”, is “Only 3”.";
    expect(await publish(revision)).toMatchObject({
      status: 422,
      json: { code: "flow_tests_failed", tests: [{ id: testId, differences: [{ sentence }] }] },
    });
    expect((await run())[0]?.differences).toMatchObject([{ kind: "request", step: "tell", field: "text" }]);
  });

  it("fails on the command line too, in the same words", async () => {
    const { db, vault, config, installation } = product.runtime;
    const asked = { db, vault, config, ...installation };
    await save("Only {{ feedback.score }}");
    await expect(testFlows({ ...asked, flow: "Tested" })).rejects.toThrow(/FAILED {2}Tested: An unhappy.*\n.*“Only 3”/);
    await save(words);
    expect(await testFlows({ ...asked, flow: flow.flowId })).toMatch(/1 passed, 0 failed$/);
    await expect(testFlows({ ...asked, flow: "Unknown" })).rejects.toThrow("no flow");
  });

  it("names the flow on the command line whose draft is unfinished, and tests the others all the same", async () => {
    const { db, vault, config, installation } = product.runtime;
    const asked = { db, vault, config, ...installation };
    await save(words);
    const { id } = (await api("POST", "/api/flows", { name: "Unfinished" })).json as { id: string };
    await sql`insert into flow_test select gen_random_uuid(), workspace_id, ${id}, name, event, pins, at, expected,
      created_at, created_by from flow_test limit 1`.execute(db);
    const told = testFlows({ ...asked, flow: undefined });
    await expect(told).rejects.toThrow(/FAILED {2}Unfinished: \d+ things? keeps? this flow from running\./);
    await expect(told).rejects.toThrow(/passed {2}Tested: .*[^]*1 passed, 0 failed, 1 flow could not be tested$/);
    await sql`delete from flow_test where flow_id = ${id}`.execute(db);
  });

  it("is overridden with a reason, which stands with the version and is told to the audit", async () => {
    const revision = await save("Only {{ feedback.score }}");
    const published = await publish(revision, { overrideReason: "Shorter on purpose", overrideTests: [testId] });
    expect(published.status).toBe(200);
    const { version, versionId } = published.json as { version: number; versionId: string };
    const { db } = product.database;
    const shown = { overrideReason: "Shorter on purpose" };
    expect((await api("GET", at(`versions/${versionId}`))).json).toMatchObject(shown);
    expect((await api("GET", at("versions"))).json).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining(shown)]) as unknown,
    });
    const { rows: told } = await sql`select data from audit_event where action = 'flow.tests_overridden'`.execute(db);
    expect(told).toEqual([{ data: { version, failed: 1 } }]);
  });

  it("no reason is kept where nothing failed", async () => {
    const published = await publish(await save(words), { overrideReason: "Just so" });
    const { versionId } = published.json as { versionId: string };
    const { rows } = await sql`select override_reason from flow_version where id = ${versionId}`.execute(
      product.database.db,
    );
    expect(rows).toEqual([{ override_reason: null }]);
  });

  it("keeps nobody's words or names of what was made up either", async () => {
    const contact = {
      name: "Wilhelmina",
      email: "w@wombat.example",
      phone: "+33 1 23 45 67 89",
      externalId: "wombat-1",
    };
    const feedback = { metric: "nps", score: 3, comment: "The wombat left", contact, account: { name: "Wombat Ltd" } };
    const saved = await api("POST", at("tests"), { name: "By hand", event: { kind: "madeUp", feedback } });
    expect(saved.status, saved.text).toBe(201);
    const { rows } = await sql<{ all: string }>`select string_agg(flow_test::text, '') as all from flow_test`.execute(
      product.database.db,
    );
    expect(rows[0]?.all).not.toMatch(/wombat|Wilhelmina|23 45/i);
    expect(await run()).toMatchObject([{ id: testId }, { name: "By hand", differences: [] }]);
    await api("DELETE", at(`tests/${flowTestSchema.parse(saved.json).id}`));
  });

  it("keeps of what a step answered only what names nobody, and expects what comes of that", async () => {
    const { draft } = (await api("GET", `/api/flows/${flow.flowId}`)).json as FlowDetail;
    const [trigger, tell] = ["start", "tell"].map((one) => draft.nodes.find(({ id }) => id === one)!);
    const input = { channel: CX, text: "{{ steps.asks.status }} {{ steps.asks.body }}" };
    const asks = {
      ...{ action: "http.request@1", connectionId: null, retryFor: { amount: 1, unit: "days" }, onAmbiguous: "park" },
      input: { method: "GET", url: "https://ask.example/who" },
    };
    const drawn = {
      ...draft,
      nodes: [
        trigger,
        { ...tell, id: "asks", config: asks },
        { ...tell, config: { ...tell?.config, input, showsPersonalData: true } },
      ],
      edges: [
        { from: "start", output: "next", to: "asks" },
        { from: "asks", output: "next", to: "tell" },
      ],
    };
    const pins = { asks: { kind: "done", output: { status: 203, body: "Wilhelmina Wombat", more: "Wombat" } } };
    const event = { kind: "madeUp", feedback: { metric: "nps", score: 3 } };
    const saved = await api("POST", at("tests"), { name: "Answered", event, pins, draft: drawn });
    expect(saved.status, saved.text).toBe(201);
    const { id } = flowTestSchema.parse(saved.json);
    const { rows } = await sql<{ all: string }>`select flow_test::text as all from flow_test where id = ${id}`.execute(
      product.database.db,
    );
    expect(rows[0]?.all).not.toMatch(/wombat|Wilhelmina/i);
    expect(rows[0]?.all).toContain("203 body");
    expect((await run({ draft: drawn })).find((one) => one.id === id)).toMatchObject({ differences: [] });
    await api("DELETE", at(`tests/${id}`));
  });

  it("is one of fifty at most, for every publication runs them all", async () => {
    const { db } = product.database;
    await sql`insert into flow_test select (jsonb_populate_record(flow_test,
      jsonb_build_object('id', gen_random_uuid(), 'name', n))).* from flow_test, generate_series(1, 49) as n
      where id = ${testId}`.execute(db);
    const event = { kind: "madeUp", feedback: { metric: "nps", score: 3 } };
    expect(await api("POST", at("tests"), { name: "One more", event })).toMatchObject({
      status: 409,
      json: { code: "too_many_tests" },
    });
    await sql`delete from flow_test where id <> ${testId}`.execute(db);
  });

  it("of a source that its publisher does not see cannot be run: it fails as any other, and is overridden as any other", async () => {
    const { db } = product.database;
    const elsewhere = { metric: "nps", score: 3, sourceId: "018f0000-0000-7000-8000-0000000000aa" };
    await sql`insert into flow_test select (jsonb_populate_record(flow_test, jsonb_build_object(
      'id', gen_random_uuid(), 'name', 'Elsewhere', 'event', ${JSON.stringify(elsewhere)}::jsonb))).*
      from flow_test where id = ${testId}`.execute(db);
    const differences = [{ kind: "notTried", sentence: "The test could not be run: There is no such source." }];
    expect(await run()).toMatchObject([{ differences: [] }, { name: "Elsewhere", differences }]);
    const revision = await save(words);
    expect(await publish(revision)).toMatchObject({
      status: 422,
      json: { code: "flow_tests_failed", tests: [{ name: "Elsewhere", differences }] },
    });
    const reason = { overrideReason: "Another team's source" };
    for (const shown of [{}, { overrideTests: [testId] }])
      expect(await publish(revision, { ...reason, ...shown })).toMatchObject({
        status: 422,
        json: { code: "flow_tests_failed", tests: [{ name: "Elsewhere" }] },
      });
    const overrideTests = (await run()).slice(1).map(({ id }) => id);
    expect((await publish(revision, { ...reason, overrideTests })).status).toBe(200);
    await sql`delete from flow_test where id <> ${testId}`.execute(db);
  });

  it("that cannot be read any more fails as any other: it is overridden, and it is deleted", async () => {
    const { db } = product.database;
    await sql`insert into flow_test select (jsonb_populate_record(flow_test, jsonb_build_object(
      'id', gen_random_uuid(), 'name', 'Old', 'expected', '{"was": "another"}'::jsonb))).*
      from flow_test where id = ${testId}`.execute(db);
    const results = await run();
    expect(results).toMatchObject([{ differences: [] }, { name: "Old", differences: [{ kind: "notTried" }] }]);
    const revision = await save(words);
    expect(await publish(revision)).toMatchObject({ status: 422, json: { code: "flow_tests_failed" } });
    const overrideTests = [results[1]!.id];
    expect((await publish(revision, { overrideReason: "It is old", overrideTests })).status).toBe(200);
    expect((await api("DELETE", at(`tests/${overrideTests[0] ?? ""}`))).status).toBe(200);
  });

  it("is deleted once, and not by who finds another flow's", async () => {
    expect((await api("DELETE", at(`tests/${testId}`))).status).toBe(200);
    expect((await api("DELETE", at(`tests/${testId}`))).status).toBe(404);
    expect((await api("GET", at("tests"))).json).toEqual({ items: [] });
  });
});
