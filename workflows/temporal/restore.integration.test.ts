import { sql } from "kysely";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { openDatabase } from "../../server/db/database.js";
import { aFlow, aNode } from "../flow/testing/a-flow.js";
import { effectsOf } from "../ledger/effect-store.js";
import { nameRestorePoint } from "../ledger/restore.js";
import { findRun } from "../ledger/run-store.js";
import type { LedgerTables } from "../ledger/tables.js";
import { transact } from "../ledger/transact.js";
import type { Db } from "../ledger/tx.js";
import { startExecution } from "../testing/execution.js";
import { createRemote } from "../testing/fake-action.js";
import { useServers } from "../testing/use-servers.js";
import { until } from "../testing/until.js";

const servers = useServers();

const call = (id: string) =>
  aNode("action", id, { action: "http.request@1", connectionId: null, input: { url: `https://example.com/${id}` } });
const flow = aFlow(
  [
    call("one"),
    call("two"),
    aNode("wait", "pause", { mode: "duration", duration: { amount: 1, unit: "hours" } }),
    call("three"),
  ],
  "start > one, one > two, two > pause, pause > three",
);

/** A copy as it is now; nobody may be connected while it is made. */
async function backUp(from: string): Promise<{ db: Db; drop: () => Promise<void> }> {
  const admin = new pg.Client({ connectionString: inject("postgres") });
  await admin.connect();
  const source = new URL(from).pathname.slice(1);
  const name = `${source.slice(0, 40)}_backup`;
  await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [source]);
  await admin.query(`create database ${name} template ${source}`);
  const url = new URL(from);
  url.pathname = `/${name}`;
  const { db } = openDatabase({ url: url.href, maxConnections: 10, applicationName: "test" });
  return {
    db,
    async drop() {
      await db.destroy();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

test("after a restore nothing goes out until its point is named, and then nothing goes out twice", async () => {
  const remote = createRemote();
  const shared = { engine: servers.engine, flow, actions: [remote.action] };
  const before = await startExecution({ db: servers.database.db, ...shared, dispatch: false });
  const run = await before.start();
  await before.advance.advance(run.id, []);
  const backup = await backUp(servers.database.url);
  const reaches = new Date();
  await before.temporal.poke({ kind: "run", id: run.id });
  await before.until(run.id, ({ steps }) => steps["pause"]?.state === "waiting");
  await before.stop();
  expect(remote.accepted).toHaveLength(2);

  // A copy within one cluster keeps its identity; a restored one would not.
  await sql`update ledger_state set identity = 'the database of before'`.execute(backup.db);
  const after = await startExecution({ db: backup.db, ...shared });
  try {
    await until(
      () => findRun(backup.db, run.id),
      (found) => found?.driven === true,
    );
    await after.temporal.poke({ kind: "run", id: run.id });
    expect(await after.advance.advance(run.id, [])).toMatchObject({ finished: false, start: [], waitMs: 86_400_000 });
    expect(await attempts(backup.db)).toBe(0);

    await transact(backup.db, (tx) => nameRestorePoint(tx, reaches));
    // Woken by the dispatcher: nobody poked.
    await after.until(run.id, ({ steps }) => steps["pause"]?.state === "waiting");
    expect(remote.accepted).toHaveLength(2);
    await after.makeDue(run.id);
    await after.until(run.id, ({ state }) => state === "finished");
    // "two" was planned after the naming and had been done before; "three" never had.
    const kinds = await kindsByNode(backup.db, run.id);
    expect(kinds).toEqual({ one: ["look-up"], two: ["look-up"], three: ["look-up", "send"] });
    expect(remote.accepted.map(({ key }) => key)).toEqual(
      (await effectsOf(backup.db, { kind: "run", id: run.id })).map(({ key }) => key),
    );
  } finally {
    await after.stop();
    await backup.drop();
  }
});

async function attempts(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from effect_attempt`.execute(db);
  return rows[0]?.n ?? -1;
}

async function kindsByNode(db: Db, runId: string): Promise<Record<string, string[]>> {
  const rows = await db
    .withTables<LedgerTables>()
    .selectFrom("effect_attempt")
    .innerJoin("effect", "effect.id", "effect_attempt.effect_id")
    .select(["effect.node_id", "effect_attempt.kind"])
    .where("effect.owner_id", "=", runId)
    .orderBy("effect_attempt.started_at")
    .execute();
  const kinds: Record<string, string[]> = {};
  for (const { node_id, kind } of rows) (kinds[node_id] ??= []).push(kind);
  return kinds;
}
