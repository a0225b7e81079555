import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ActionDefinition } from "../../integrations/connector.js";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { createRemote } from "../testing/fake-action.js";
import { aRun, findEffect } from "../testing/ledger-rows.js";
import { createPerforming } from "../testing/performing.js";
import { effectsOf, insertEffects } from "./effect-store.js";
import { lockOwner } from "./owner.js";
import { acceptDatabase, nameRestorePoint, restorePoints } from "./restore.js";
import { findRun, type RunRow } from "./run-store.js";
import { transact } from "./transact.js";
import type { LedgerTables } from "./tables.js";
import type { Db } from "./tx.js";
import { uuidv7 } from "./uuid.js";

let database: TestDatabase;
let db: Db;
let identity: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  identity = await identityOf(db);
});
beforeEach(() => sql`update ledger_state set identity = ${identity}`.execute(db));
afterEach(() => sql`delete from restore_point`.execute(db));
afterAll(() => database.drop());

async function identityOf(reader: Db): Promise<string> {
  const { rows } = await sql<{ identity: string }>`select identity from ledger_state`.execute(reader);
  return rows[0]?.identity ?? "";
}

/** As it is found after a restore: what it says of itself is another database's. */
const restored = () => sql`update ledger_state set identity = 'the database of before'`.execute(db);
const name = (reaches: Date) => transact(db, (tx) => nameRestorePoint(tx, reaches));
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** The outside and a ledger; `forget` takes the ledger back to before anything of the effect was sent. */
function world(difference: Partial<Pick<ActionDefinition<unknown>, "find">> = {}) {
  const remote = createRemote(undefined, difference);
  const performing = createPerforming(db, remote.action);
  const forget = async (effectId: string): Promise<void> => {
    await sql`delete from effect_attempt where effect_id = ${effectId}`.execute(db);
    await sql`delete from run_fact where run_id = (select owner_id from effect where id = ${effectId})`.execute(db);
    await sql`update run set seq = 0 where id = (select owner_id from effect where id = ${effectId})`.execute(db);
    await sql`update effect set state = 'intent', attempts = 0, token = null, claimed_until = null, first_sending_at = null,
      external_id = null, settled_at = null where id = ${effectId}`.execute(db);
  };
  return { remote, ...performing, forget };
}

test("while it stands still nothing is sent and nothing looked up", async () => {
  let asked = 0;
  const { remote, plan, perform } = world({
    find: () => {
      asked += 1;
      return Promise.resolve({ kind: "absent" });
    },
  });
  const run = await aRun(db);
  const [fresh, doubtful] = [await plan(run), await plan(run, { nodeId: "other" })];
  await sql`update effect set state = 'sending', first_sending_at = lw_now() where id = ${doubtful}`.execute(db);
  await restored();
  expect([(await perform(fresh)).state, (await perform(doubtful)).state]).toEqual(["intent", "sending"]);
  expect([asked, remote.accepted]).toEqual([0, []]);
  expect((await findEffect(db, fresh))?.attempts).toBe(0);
});

test("what was done and forgotten is found, and not done again", async () => {
  const { remote, plan, perform, forget } = world();
  const effectId = await plan(await aRun(db));
  await perform(effectId);
  await forget(effectId);
  await restored();
  await name(ago(60));
  expect(await perform(effectId)).toMatchObject({ state: "done", attempts: 1 });
  expect(remote.accepted).toHaveLength(1);
});

test("what was never done is sent once", async () => {
  const { remote, plan, perform } = world();
  const effectId = await plan(await aRun(db));
  await restored();
  await name(ago(60));
  expect((await perform(effectId)).state).toBe("done");
  expect((await perform(effectId)).state).toBe("done");
  expect(remote.accepted).toHaveLength(1);
});

test("what cannot be looked up is parked for a person", async () => {
  const { remote, plan, ports } = world();
  const { find: _none, ...blind } = remote.action;
  const { perform } = createPerforming(db, blind);
  const effectId = await plan(await aRun(db));
  await restored();
  await name(ago(60));
  expect(await perform(effectId)).toMatchObject({ state: "ambiguous", code: "look_up_inconclusive" });
  expect(remote.accepted).toEqual([]);
  expect(ports).toBeDefined();
});

test("a cancelled run learns what had gone out, and sends nothing", async () => {
  const { remote, plan, perform, forget } = world();
  const run = await aRun(db);
  const [done, never] = [await plan(run), await plan(run, { nodeId: "other" })];
  await perform(done);
  await forget(done);
  await sql`update run set state = 'cancelled' where id = ${run.id}`.execute(db);
  await restored();
  await name(ago(60));
  expect((await perform(done)).state).toBe("done");
  expect(await perform(never)).toMatchObject({ state: "failed", code: "cancelled" });
  expect(remote.accepted).toHaveLength(1);
});

test("look-ups reach back to the restore point, and the lost sends may be as late as its naming", async () => {
  const asked: { since: Date; lastSentAt: Date }[] = [];
  const { plan, perform } = world({
    find: (_input, { since, lastSentAt }) => {
      asked.push({ since, lastSentAt });
      return Promise.resolve({ kind: "absent" });
    },
  });
  const [fresh, old] = [await plan(await aRun(db)), await plan(await aRun(db))];
  await sql`update effect set state = 'sending', first_sending_at = ${ago(90)} where id = ${old}`.execute(db);
  await restored();
  const { reaches, namedAt } = await name(ago(60));
  for (const effectId of [fresh, old]) await perform(effectId);
  const minutesBefore = (moment: Date | undefined) => Math.round((Number(reaches) - Number(moment)) / 60_000);
  expect(asked.map(({ since }) => minutesBefore(since))).toEqual([5, 35]);
  expect(asked.map(({ lastSentAt }) => lastSentAt)).toEqual([namedAt, namedAt]);
});

test("a time that is later than the last attempt on record is not believed: the backup may end there", async () => {
  const { plan, perform } = world();
  const effectId = await plan(await aRun(db));
  await perform(effectId);
  await sql`update effect_attempt set started_at = ${ago(120)}`.execute(db);
  await restored();
  expect(Math.round((Date.now() - Number((await name(ago(1))).reaches)) / 60_000)).toBe(120);
  expect(Math.round((Date.now() - Number((await name(ago(180))).reaches)) / 60_000)).toBe(180);
});

test("everything open is due at once and tried for as long as it stood still; what is done or over stays", async () => {
  const { plan, perform } = world();
  const hour = new Date(Date.now() + 3_600_000);
  const [open, over, idle] = [
    await aRun(db, { dueAt: hour, driven: true }),
    await aRun(db),
    await aRun(db, { dueAt: hour }),
  ];
  const [waiting, done] = [await plan(open, { retryUntil: ago(30) }), await plan(open, { nodeId: "done" })];
  const left = await plan(over);
  await perform(done);
  await sql`update effect_attempt set started_at = ${ago(60)}`.execute(db);
  await sql`update run set finished_at = lw_now() where id = ${over.id}`.execute(db);
  await restored();
  await sql`update run set due_at = ${hour}, driven = true where id = ${open.id}`.execute(db);
  await name(ago(60));
  expect((await findEffect(db, done))?.state).toBe("done");
  expect((await findEffect(db, left))?.state).toBe("intent");
  expect(Number((await findEffect(db, waiting))?.retry_until)).toBeGreaterThan(Date.now() + 29 * 60_000);
  const [woken, asleep] = [await findRun(db, open.id), await findRun(db, idle.id)];
  expect([woken?.driven, Number(woken?.due_at) <= Date.now() + 1_000]).toEqual([false, true]);
  expect(asleep?.due_at).toEqual(hour);
});

test("what was parked is not woken, and a look again reaches back as far", async () => {
  const { plan } = world();
  const effectId = await plan(await aRun(db));
  await sql`update effect set state = 'ambiguous', settled_at = lw_now(), first_sending_at = lw_now() where id = ${effectId}`.execute(
    db,
  );
  await restored();
  const { reaches, namedAt } = await name(ago(60));
  expect(await findEffect(db, effectId)).toMatchObject({
    state: "ambiguous",
    first_sending_at: reaches,
    forgotten_until: namedAt,
  });
});

test("where nothing was lost it goes on as it was", async () => {
  const { remote, plan, perform } = world();
  const effectId = await plan(await aRun(db));
  await restored();
  await transact(db, acceptDatabase);
  expect(await perform(effectId)).toMatchObject({ state: "done", forgotten_until: null });
  expect(remote.accepted).toHaveLength(1);
  expect(await restorePoints(db)).toEqual([]);
});

test("a notice that waits is in doubt as well", async () => {
  const { ports } = world();
  const id = uuidv7();
  const kind = { workspace_id: randomUUID(), subject_id: randomUUID(), kind: "run_stuck", about_kind: "run" };
  const times = { due_at: sql<Date>`'infinity'::timestamptz`, created_at: sql<Date>`lw_now()`, finished_at: null };
  const row = { id, ...kind, about_id: id, ...times };
  await db.withTables<LedgerTables>().insertInto("notice").values(row).execute();
  const effect = {
    ...{ effectId: uuidv7(), nodeId: "notice", slot: "main", iteration: 0, action: "slack.postMessage@1" },
    ...{ connectionId: null, input: {}, retryUntil: ago(-60), onAmbiguous: "park" as const, closing: false },
  } as const;
  await transact(db, async (tx) => {
    const owner = await lockOwner(tx, { kind: "notice", id });
    if (owner) await insertEffects(tx, { sealer: ports.sealer, installationId: "i" }, [{ owner, effects: [effect] }]);
  });
  await restored();
  await name(ago(60));
  expect(await effectsOf(db, { kind: "notice", id })).toMatchObject([{ state: "sending" }]);
});

test("an effect that may exist already begins in doubt, and is found where it does", async () => {
  const { remote, plan, perform, ports } = world();
  const run: RunRow = await aRun(db);
  const first = await plan(run);
  await perform(first);
  // The same effect as a run planned it that came again: same run key, same node, so the same key.
  const key = (await findEffect(db, first))?.key ?? "";
  await sql`delete from effect where id = ${first}`.execute(db);
  const effect = {
    ...{ effectId: uuidv7(), nodeId: "action1", slot: "main", iteration: 0, action: "http.request@1" },
    ...{
      connectionId: null,
      input: { url: "https://example.com" },
      retryUntil: ago(-60),
      onAmbiguous: "park" as const,
      closing: false,
    },
  } as const;
  await transact(db, async (tx) => {
    const owner = await lockOwner(tx, { kind: "run", id: run.id });
    const forgotten = { from: ago(60), until: ago(30) };
    if (owner)
      await insertEffects(tx, { sealer: ports.sealer, installationId: "test" }, [
        { owner, effects: [effect], forgotten },
      ]);
  });
  expect(await perform(effect.effectId)).toMatchObject({ state: "done", key });
  expect(remote.accepted).toHaveLength(1);
});
