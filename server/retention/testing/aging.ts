import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Feedback } from "../../../integrations/feedback.js";
import { aFlow, aNode } from "../../../workflows/flow/testing/a-flow.js";
import { compileTriggers } from "../../../workflows/flow/triggers.js";
import { transact } from "../../../workflows/ledger/transact.js";
import { createHoldService, type HoldService } from "../../holds/hold-service.js";
import type { Actor } from "../../http/route.js";
import { commitBatch } from "../../ingest/commit-batch.js";
import type { AcceptedEvent, IncomingEvent } from "../../ingest/event.js";
import { createTestDatabase, type TestDatabase } from "../../testing/database.js";
import { setDatabaseClock } from "../../testing/database-clock.js";
import { createTestKeys } from "../../testing/keys.js";
import { createTestWorkspaces, type TestWorkspaces } from "../../testing/workspaces.js";
import type { Limits } from "../retention-api.js";
import { writeRetention } from "../retention-store.js";
import { createSweep } from "../sweep.js";

export const DAY_MS = 86_400_000;
export const { vault } = createTestKeys();
let test: TestDatabase;
let workspaces: TestWorkspaces;
let sourceId: string;
let holds: HoldService;
let actor: Actor;

const [flowId, versionId] = [randomUUID(), randomUUID()];
const flow = aFlow([aNode("end", "end")], "start > end");
const triggers = { of: () => Promise.resolve(compileTriggers([{ flowId, versionId, flow }])) };
export const FOR_EVER: Limits = { contentDays: null, responseDays: null };

/** Each test has a source of its own, and today is today. */
export function useAging(): void {
  beforeAll(begin);
  beforeEach(newSource);
  afterAll(() => test.drop());
}

async function begin(): Promise<void> {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
  actor = { kind: "member", id: workspaces.adminId, workspaceId: workspaces.here, role: "admin" };
  holds = createHoldService({ db: test.db, vault, names: () => Promise.resolve(new Map()) });
}

async function newSource(): Promise<void> {
  await setDatabaseClock(test.db, 0);
  sourceId = randomUUID();
  await sql`
    insert into source (id, workspace_id, slug, name, kind, settings, secrets, state, created_at)
    values (${sourceId}, ${workspaces.here}, ${sourceId}, 'Survey', 'generic', '{}', '\\x00', 'active', now())`.execute(
    test.db,
  );
}

/** What the tests act on; a source anew each time. */
export const own = {
  get db() {
    return test.db;
  },
  get workspaces() {
    return workspaces;
  },
  get sourceId() {
    return sourceId;
  },
  get holds() {
    return holds;
  },
  get actor() {
    return actor;
  },
};

export const later = (days: number) => setDatabaseClock(test.db, days * DAY_MS);
export const keep = (limits: Partial<Limits>, sources: readonly (Limits & { sourceId: string })[] = []) =>
  transact(test.db, (tx) =>
    writeRetention(tx, workspaces.here, { general: { ...FOR_EVER, ...limits }, sources: [...sources] }),
  );

export async function sweep(): Promise<void> {
  const turn = createSweep({ db: test.db, vault });
  while (await turn());
}

interface Said {
  readonly responseId?: string;
  readonly email?: string | null;
  readonly comment?: string;
}

export async function say({
  responseId = randomUUID(),
  email = `${randomUUID()}@x.example`,
  comment = "Loud words",
}: Said) {
  const feedback: Feedback = {
    ...{ responseId, kind: "completed", metric: "nps", score: 3, scaleMin: 0, scaleMax: 10, comment, language: "en" },
    ...{ domain: "customer", product: null, attributes: {}, occurredAt: "2026-03-02T08:00:00.000Z", complete: true },
    respondent: { email, phone: null, externalId: null, name: "Jane Doe", anonymous: email === null },
    account: { externalId: null, name: null },
  };
  const source = { id: sourceId, name: "Survey" };
  const raw = Buffer.from(JSON.stringify(feedback));
  const event: IncomingEvent = {
    ...{ workspaceId: workspaces.here, source, feedback, raw },
    receivedAt: await now(),
  };
  const [accepted] = await transact(test.db, (tx) => commitBatch(tx, { vault, triggers }, [event]));
  return { event, accepted: accepted!, again: () => deliver(event) };
}

const deliver = (event: IncomingEvent): Promise<AcceptedEvent[]> =>
  transact(test.db, (tx) => commitBatch(tx, { vault, triggers }, [event]));

async function now(): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select lw_now() as at`.execute(test.db);
  return rows[0]!.at;
}

/** As the ledger leaves a run of which everything was written. */
export async function endRuns(): Promise<void> {
  await sql`update run set state = 'finished', finished_at = lw_now() where finished_at is null`.execute(test.db);
}

export async function writeMuch(runId: string): Promise<void> {
  const { rows } = await sql<{ subject_id: string }>`select subject_id from run where id = ${runId}`.execute(test.db);
  const cells = ["run_fact.sealed", "effect.request", "effect.message", "approval.text"].map((place) => ({
    ...{ subjectId: rows[0]!.subject_id, place, value: "Loud words" },
  }));
  const [fact, request, message, text] = await transact(test.db, (tx) => vault.seal(tx, cells));
  const effectId = randomUUID();
  await sql`insert into run_fact (run_id, seq, at, kind, data, sealed) values (${runId}, 1, now(), 'stuck', '{}', ${fact})`.execute(
    test.db,
  );
  await sql`
    insert into effect (id, workspace_id, owner_kind, owner_id, node_id, slot, iteration, key, action, state, on_ambiguous, closing,
      retry_until, created_at, settled_at, request, message, external_id)
    values (${effectId}, ${workspaces.here}, 'run', ${runId}, 'deed', 'main', 0, ${effectId}, 'jira.createIssue@1', 'done', 'park', false,
      now(), now(), now(), ${request}, ${message}, 'SUP-1')`.execute(test.db);
  await sql`
    insert into effect_attempt (effect_id, number, kind, token, started_at, message)
    values (${effectId}, 1, 'send', ${effectId}, now(), ${message})`.execute(test.db);
  await sql`
    insert into approval (id, workspace_id, run_id, node_id, subject_id, connection_id, channel, policy, state, title, text, asked_at, expires_at)
    values (${effectId}, ${workspaces.here}, ${runId}, 'ask', ${rows[0]!.subject_id}, ${effectId}, '#cx', '{}', 'approved', ${text}, ${text},
      now(), now())`.execute(test.db);
}

/** Sealed cells that are left of this source's responses, by their column. */
export async function cellsLeft(): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`
    with own as (select id from response where source_id = ${sourceId}),
      own_run as (select id from run where response_id in (select id from own)),
      own_effect as (select id, request, message from effect where owner_id in (select id from own_run))
    select (select count(raw)::int from revision where source_id = ${sourceId}) as raw,
      (select count(comment)::int from revision where source_id = ${sourceId}) as comment,
      (select count(respondent)::int from revision where source_id = ${sourceId}) as respondent,
      (select count(sealed)::int from run_fact where run_id in (select id from own_run)) as facts,
      (select count(request)::int + count(message)::int from own_effect) as effects,
      (select count(message)::int from effect_attempt where effect_id in (select id from own_effect)) as attempts,
      (select count(title)::int + count(text)::int from approval where run_id in (select id from own_run)) as approvals,
      (select count(*)::int from mention where response_id in (select id from own)) as mentions`.execute(test.db);
  return rows[0]!;
}
export const NOTHING = {
  raw: 0,
  comment: 0,
  respondent: 0,
  facts: 0,
  effects: 0,
  attempts: 0,
  approvals: 0,
  mentions: 0,
};

export async function count(table: string, where = sql`source_id = ${sourceId}`): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where ${where}`.execute(
    test.db,
  );
  return rows[0]!.n;
}

export const contactOf = async (): Promise<string> => {
  const { rows } = await sql<{ contact_id: string }>`
    select contact_id from response where source_id = ${sourceId}`.execute(test.db);
  return rows[0]!.contact_id;
};
