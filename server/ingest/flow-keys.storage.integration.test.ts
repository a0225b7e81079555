import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Feedback } from "../../integrations/feedback.js";
import { aDraft, aFlowWithKey, aNode, published } from "../../workflows/flow/testing/a-flow.js";
import { compileTriggers } from "../../workflows/flow/triggers.js";
import { transact } from "../../workflows/ledger/transact.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import { commitBatch } from "./commit-batch.js";
import type { AcceptedEvent, IncomingEvent } from "./event.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const { vault } = createTestKeys();
const [workspaceId, source] = [randomUUID(), { id: randomUUID(), name: "Survey" }];
const end = aNode("end", "end");
const ways = "start > end";
const flows = {
  plain: published(aDraft([end], ways)),
  contact: aFlowWithKey({ by: "contact", then: "queue" }, [end], ways),
  account: aFlowWithKey({ by: "account", then: "queue" }, [end], ways),
  product: aFlowWithKey(
    { by: { expression: 'has(feedback.product) ? feedback.product : ""' }, then: "skip" },
    [end],
    ways,
  ),
  ratio: aFlowWithKey(
    { by: { expression: "10 / int(has(feedback.score) ? feedback.score : 1.0)" }, then: "queue" },
    [end],
    ways,
  ),
};
type Name = keyof typeof flows;
const ids: Record<Name, string> = {
  plain: randomUUID(),
  contact: randomUUID(),
  account: randomUUID(),
  product: randomUUID(),
  ratio: randomUUID(),
};
const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
const compiled = compileTriggers(
  Object.entries(flows).map(([name, flow]) => ({ flowId: ids[name as Name], versionId: randomUUID(), flow })),
);

interface Said {
  readonly email?: string;
  readonly account?: string | null;
  readonly product?: string;
  readonly score?: number;
}

const NOBODY: Feedback = {
  responseId: "",
  kind: "completed",
  metric: "nps",
  score: 5,
  scaleMin: 0,
  scaleMax: 10,
  comment: null,
  language: "en",
  domain: "customer",
  respondent: { email: null, phone: null, externalId: null, name: null, anonymous: true },
  account: { externalId: null, name: null },
  product: null,
  attributes: {},
  occurredAt: "2026-03-02T08:00:00.000Z",
  complete: true,
};

function anEvent({ email, account = null, ...said }: Said): IncomingEvent {
  const respondent = email === undefined ? NOBODY.respondent : { ...NOBODY.respondent, email, anonymous: false };
  const feedback = {
    ...NOBODY,
    ...said,
    responseId: randomUUID(),
    respondent,
    account: { externalId: null, name: account },
  };
  return { workspaceId, source, feedback, raw: randomBytes(8), receivedAt: new Date() };
}

const commit = (...events: IncomingEvent[]): Promise<AcceptedEvent[]> =>
  transact(database.db, (tx) => commitBatch(tx, { vault, triggers: { of: () => Promise.resolve(compiled) } }, events));

interface Row {
  readonly flow_id: string;
  readonly flow_key: Buffer | null;
  readonly turn: number | null;
}
/** By the flow's name. */
async function runsOf({
  eventId,
}: AcceptedEvent): Promise<Record<string, { key: string | null; turn: number | null }>> {
  const { rows } = await sql<Row>`
    select flow_id, flow_key, turn from run where revision_id = ${eventId}`.execute(database.db);
  return Object.fromEntries(
    rows.map(({ flow_id, flow_key, turn }) => [
      names.get(flow_id) ?? "",
      { key: flow_key?.toString("hex") ?? null, turn },
    ]),
  );
}
const keysOf = async (event: AcceptedEvent) =>
  Object.fromEntries(Object.entries(await runsOf(event)).map(([name, { key }]) => [name, key]));

test("one person's runs of a flow share a key, another person's and another flow's do not", async () => {
  const [first, again, other] = await commit(
    anEvent({ email: "ann@example.com", account: "Acme" }),
    anEvent({ email: " ANN@example.com", account: "acme " }),
    anEvent({ email: "bob@example.com", account: "Acme" }),
  );
  const [ann, annAgain, bob] = await Promise.all([first!, again!, other!].map(keysOf));
  expect(ann!["contact"]).toMatch(/^[0-9a-f]{64}$/);
  expect(annAgain!["contact"]).toBe(ann!["contact"]);
  expect(bob!["contact"]).not.toBe(ann!["contact"]);
  expect(bob!["account"]).toBe(ann!["account"]);
  expect(new Set([ann!["contact"], ann!["account"], ann!["ratio"]]).size).toBe(3);
});

test("who is not known, an empty value, and a flow without a key have none, and no place in any queue", async () => {
  const [nobody] = await commit(anEvent({}));
  expect(await runsOf(nobody!)).toMatchObject({
    plain: { key: null, turn: null },
    contact: { key: null, turn: null },
    account: { key: null, turn: null },
    product: { key: null, turn: null },
  });
});

test("places are in the order of the events, within a batch and from batch to batch", async () => {
  const email = "queue@example.com";
  const batches = [
    await commit(...Array.from({ length: 5 }, () => anEvent({ email }))),
    await commit(anEvent({ email })),
  ];
  const runs = await Promise.all(batches.flat().map(runsOf));
  const places = runs.map(({ contact }) => contact?.turn ?? 0);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(new Set(places).size).toBe(6);
  expect(places[0]).toBeGreaterThan(0);
});

test("a key that cannot be read is recorded as not judged, and starts no run of its flow", async () => {
  const [accepted] = await commit(anEvent({ email: "zero@example.com", score: 0 }));
  expect(Object.keys(await runsOf(accepted!)).toSorted()).toEqual(["account", "contact", "plain", "product"]);
  const { rows } = await sql<{ not_judged: unknown }>`
    select not_judged from revision where id = ${accepted!.eventId}`.execute(database.db);
  expect(rows).toEqual([{ not_judged: [{ flowId: ids.ratio, code: "key_failed" }] }]);
});

test("what a key is made of stands in no row", async () => {
  const product = `canary-${randomUUID()}`;
  const [accepted] = await commit(anEvent({ email: "canary@example.com", product }));
  expect((await keysOf(accepted!))["product"]).toMatch(/^[0-9a-f]{64}$/);
  const { rows } = await sql<{ run: string }>`
    select run::text as run from run where revision_id = ${accepted!.eventId}`.execute(database.db);
  for (const { run } of rows) expect(run).not.toContain(Buffer.from(product).toString("hex"));
  expect(rows.map(({ run }) => run).join()).not.toContain(product);
});
