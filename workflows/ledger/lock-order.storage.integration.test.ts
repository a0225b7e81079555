import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { createFakePorts } from "../testing/fake-ports.js";
import { anEffect, aRun, claimEffect } from "../testing/ledger-rows.js";
import { lockWaits } from "../testing/lock-waits.js";
import { until } from "../testing/until.js";
import { renewClaim } from "./claim.js";
import { nameRestorePoint } from "./restore.js";
import { lockRuns } from "./run-store.js";
import { BARE, postponeEffect, settleEffect } from "./settle.js";
import { isRetryable, sqlState, transact } from "./transact.js";
import type { Tx } from "./tx.js";

let database: TestDatabase;
const ports = createFakePorts();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** One row of each kind, in the one order in which they may be locked: owner, effect, rate slot. */
async function rows() {
  const run = await aRun(database.db);
  const connectionId = randomUUID();
  const effectId = await anEffect(database.db, ports.sealer, run, { connectionId });
  await sql`insert into rate_slot (connection_id, scope, next_at) values (${connectionId}, 'connection', lw_now())`.execute(
    database.db,
  );
  const [ofRun, ofEffect, ofSlot] = [
    sql`select from run where id = ${run.id} for update`,
    sql`select from effect where id = ${effectId} for update`,
    sql`select from rate_slot where connection_id = ${connectionId} for update`,
  ];
  return { ref: { kind: "run", id: run.id } as const, effectId, ofRun, ofEffect, ofSlot };
}
type Rows = Awaited<ReturnType<typeof rows>>;

const slots = [{ scope: "connection", intervalMs: 1 }];
const request = ({ effectId }: Rows) => ({ effectId, token: randomUUID(), claimMs: 1_000, slots });
const back = { outcome: "TRANSIENT", code: "x", message: null, waitMs: 0, inDoubt: false, hold: null } as const;

const operations: [string, (tx: Tx, rows: Rows) => Promise<unknown>][] = [
  ["claiming", (tx, row) => claimEffect(tx, row.ref, request(row))],
  ["renewing", (tx, row) => renewClaim(tx, row.ref, { ...request(row), provedAbsent: true })],
  [
    "postponing",
    (tx, { ref, effectId }) => postponeEffect(tx, ports.sealer, ref, { ...back, effectId, token: randomUUID() }),
  ],
  ["settling", (tx, { ref, effectId }) => settleEffect(tx, ports, ref, { ...BARE, effectId, state: "done" })],
  ["naming a restore point", (tx) => nameRestorePoint(tx, new Date())],
];

test.each(operations)("%s locks the run before its effect", async (_name, operate) => {
  const row = await rows();
  await whileLocked(
    row.ofEffect,
    (tx) => operate(tx, row),
    async () => expect(await isLocked(row.ofRun)).toBe(true),
  );
});

test("claiming locks the effect before the rate slot", async () => {
  const row = await rows();
  await whileLocked(
    row.ofSlot,
    (tx) => claimEffect(tx, row.ref, request(row)),
    async () => expect(await isLocked(row.ofEffect)).toBe(true),
  );
});

test("several runs are locked in the order of their ids, wherever they lie and however they are asked for", async () => {
  const [first, second] = [await aRun(database.db), await aRun(database.db)];
  // Its new version lies behind the other's.
  await sql`update run set seq = seq where id = ${first.id}`.execute(database.db);
  const lockOf = ({ id }: typeof first) => sql`select from run where id = ${id} for update`;
  await whileLocked(
    lockOf(first),
    async (tx) => {
      // The plan that would meet them as they lie.
      await sql`set local enable_indexscan = off`.execute(tx);
      await sql`set local enable_bitmapscan = off`.execute(tx);
      return lockRuns(tx, [second.id, first.id]);
    },
    async () => expect(await isLocked(lockOf(second))).toBe(false),
  );
});

type Statement = ReturnType<typeof sql>;

/** Lets the work run into a lock that we hold, and looks what it holds itself. */
async function whileLocked(
  held: Statement,
  work: (tx: Tx) => Promise<unknown>,
  look: () => Promise<void>,
): Promise<void> {
  let working: Promise<unknown> = Promise.resolve();
  try {
    await transact(database.db, async (tx) => {
      await held.execute(tx);
      working = transact(database.db, work);
      await until(
        () => lockWaits(database.db),
        (count) => count === 1,
      );
      await look();
    });
  } finally {
    await working;
  }
}

async function isLocked(row: Statement): Promise<boolean> {
  const taken = transact(database.db, (tx) => sql`${row} nowait`.execute(tx));
  return taken.then(
    () => false,
    (error: unknown) => !isRetryable(error) && sqlState(error) === "55P03",
  );
}
