import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Feedback } from "../../integrations/feedback.js";
import { aFlow, aNode } from "../../workflows/flow/testing/a-flow.js";
import { compileTriggers } from "../../workflows/flow/triggers.js";
import { transact } from "../../workflows/ledger/transact.js";
import { createKek } from "../privacy/kek.js";
import { createVault } from "../privacy/vault.js";
import { createWorkspaceKeys } from "../privacy/workspace-keys.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { commitBatch } from "./commit-batch.js";
import type { AcceptedEvent, IncomingEvent } from "./event.js";

let database: TestDatabase;
const vault = createVault(createWorkspaceKeys(createKek(randomBytes(32), ["workspace-key"])));
const workspaceId = randomUUID();
const source = { id: randomUUID(), name: "Survey" };
const flow = aFlow([aNode("end", "end")], "start > end");
const triggers = { of: () => Promise.resolve(compileTriggers([{ flowId, versionId, flow }])) };
const [flowId, versionId] = [randomUUID(), randomUUID()];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function anEvent(difference: Partial<Omit<Feedback, "respondent">> & { email?: string | null } = {}): IncomingEvent {
  const { email = "jane@example.com", ...rest } = difference;
  const feedback: Feedback = {
    responseId: randomUUID(),
    kind: "completed",
    metric: "nps",
    score: 3,
    scaleMin: 0,
    scaleMax: 10,
    comment: "The export fails",
    language: "en",
    domain: "customer",
    respondent: { email, phone: null, externalId: null, name: "Jane Doe", anonymous: email === null },
    account: { externalId: null, name: null },
    product: null,
    attributes: {},
    occurredAt: "2026-03-02T08:00:00.000Z",
    complete: true,
    ...rest,
  };
  return {
    workspaceId,
    source,
    feedback,
    raw: Buffer.from(JSON.stringify(feedback)),
    receivedAt: new Date(),
  };
}

const commit = (...events: IncomingEvent[]): Promise<AcceptedEvent[]> =>
  transact(database.db, (tx) => commitBatch(tx, { vault, triggers }, events));

async function one<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row> {
  const { rows } = await query.execute(database.db);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

test("a matching event is one revision and one queued run, and the answer names both", async () => {
  const [accepted] = await commit(anEvent());
  expect(accepted?.runIds).toHaveLength(1);
  const run = await one(
    sql<{ state: string; revision_id: string }>`select state, revision_id from run where id = ${accepted?.runIds[0]}`,
  );
  expect(run).toEqual({ state: "queued", revision_id: accepted?.eventId });
});

test("the same content again is the same event with the same answer: in one batch, in the next, in another envelope", async () => {
  const event = anEvent();
  const [first, twin] = await commit(event, { ...event });
  const [again] = await commit({ ...event, raw: Buffer.from("other bytes") });
  for (const other of [twin, again]) expect(other).toEqual({ ...first, duplicate: true });
  const { n } = await one(sql<{ n: number }>`select count(*) as n from run where revision_id = ${first?.eventId}`);
  expect(n).toBe(1);
});

test("sixteen batches with one response at once make one run", async () => {
  const event = anEvent();
  const answers = await Promise.all(Array.from({ length: 16 }, () => commit(event)));
  expect(new Set(answers.flat().map(({ eventId }) => eventId)).size).toBe(1);
  expect(answers.flat().filter(({ duplicate }) => !duplicate)).toHaveLength(1);
});

test("a later revision starts no second run; the open run learns of it", async () => {
  const event = anEvent({ comment: null });
  const [first] = await commit(event);
  await sql`update run set seq = 1 where id = ${first?.runIds[0]}`.execute(database.db);
  const [second] = await commit({ ...event, feedback: { ...event.feedback, comment: "And it is slow" } });
  expect(second?.eventId).not.toBe(first?.eventId);
  expect(second?.runIds).toEqual([]);
  const fact = await one(
    sql<{ kind: string; data: object }>`select kind, data from run_fact where run_id = ${first?.runIds[0]}`,
  );
  expect(fact).toEqual({ kind: "revised", data: { revisionId: second?.eventId } });
});

test("revisions of a response are numbered on, within a batch and after it; what was said before gets no number again", async () => {
  const event = anEvent({ comment: "One" });
  const saying = (comment: string): IncomingEvent => ({ ...event, feedback: { ...event.feedback, comment } });
  await commit(event, saying("Two"));
  await commit(event, saying("Three"), saying("Two"), saying("Four"));
  const { rows } = await sql<{ ordinal: number }>`
    select revision.ordinal from revision join response on response.id = revision.response_id
    where response.external_id = ${event.feedback.responseId} order by revision.ordinal`.execute(database.db);
  expect(rows.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3]);
});

test("people are one contact by e-mail, however it is written, also when they come in many batches at once", async () => {
  const email = `${randomUUID()}@example.com`;
  const writings = [email, email.toUpperCase(), ` ${email} `];
  await Promise.all(Array.from({ length: 12 }, (_, index) => commit(anEvent({ email: writings[index % 3] ?? email }))));
  const { n } = await one(
    sql<{ n: number }>`select count(distinct contact_id) as n from response where contact_id in (
      select contact_id from response where contact_id is not null group by contact_id having count(*) = 12)`,
  );
  expect(n).toBe(1);
});

test("an anonymous author is a subject of their own, and no contact", async () => {
  const [accepted] = await commit(anEvent({ email: null }));
  const row = await one(
    sql<{ contact_id: string | null; kind: string }>`select response.contact_id, subject.kind from revision
      join response on response.id = revision.response_id join subject on subject.id = response.subject_id
      where revision.id = ${accepted?.eventId}`,
  );
  expect(row).toEqual({ contact_id: null, kind: "response" });
});

test("nothing that someone said or is called stands readable in any row", async () => {
  const canary = `canary-${randomUUID()}`;
  const event = anEvent({ comment: canary, email: `${canary}@example.com` });
  await commit({
    ...event,
    feedback: { ...event.feedback, respondent: { ...event.feedback.respondent, name: canary } },
    raw: Buffer.from(canary),
  });
  const { rows: tables } = await sql<{
    name: string;
  }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(database.db);
  for (const { name } of tables) {
    const { rows } = await sql<{
      found: number;
    }>`select count(*) as found from ${sql.table(name)} as t where t::text like ${`%${canary}%`} or t::text like ${`%${Buffer.from(canary).toString("hex")}%`}`.execute(
      database.db,
    );
    expect([name, rows[0]?.found]).toEqual([name, 0]);
  }
});
