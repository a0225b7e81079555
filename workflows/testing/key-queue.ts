import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import type { FlowKey } from "../flow/flow-key.js";
import { aFlowWithKey, aNode } from "../flow/testing/a-flow.js";
import { cancelRun } from "../ledger/cancel.js";
import { findRun, lockRun, type RunRow } from "../ledger/run-store.js";
import { transact } from "../ledger/transact.js";
import type { Db } from "../ledger/tx.js";
import { createAdvance, type Advance } from "../temporal/activities/advance.js";
import type { AdvanceDependencies } from "../temporal/activities/advance-dependencies.js";
import { timingSchema } from "../temporal/timing.js";
import { createFakePorts } from "./fake-ports.js";
import { aRun } from "./ledger-rows.js";

export interface KeyedExecution {
  readonly advance: Advance;
  readonly dependencies: AdvanceDependencies;
  /** Who was told to look, in that order. */
  readonly woken: string[];
}

const rest = aNode("wait", "rest", { mode: "duration", duration: { amount: 2, unit: "days" } });

/** What looks at runs of a flow that waits for two days, one run at a time. */
export function keyedExecution(db: Db, then: FlowKey["then"]): KeyedExecution {
  const flow = aFlowWithKey({ by: "contact", then }, [rest, aNode("end", "over")], "start > rest, rest > over");
  const woken: string[] = [];
  const dependencies: AdvanceDependencies = {
    db,
    ports: { ...createFakePorts({ flow }), wake: (id) => void woken.push(id) },
    installationId: "test",
    zones: { nextLocalTime: (from) => from },
    timing: { ...timingSchema.parse({}), showState: false, deadlineOf: () => 1_000 },
  };
  return { advance: createAdvance(dependencies), dependencies, woken };
}

export interface KeyQueue {
  readonly flowId: string;
  readonly flowKey: Buffer;
}
export const aKeyQueue = (): KeyQueue => ({ flowId: randomUUID(), flowKey: randomBytes(32) });

/** A database of this file's own, and what its tests ask of runs with a key. */
export function useKeyQueues() {
  const opened: { database?: TestDatabase } = {};
  beforeAll(async () => {
    opened.database = await createTestDatabase();
  });
  afterAll(() => opened.database?.drop());
  const db = (): Db => {
    if (!opened.database) throw new Error("the database is there from the first test on, not before");
    return opened.database.db;
  };
  return {
    get db() {
      return db();
    },
    /** Oldest first. */
    async runsOf(queue: KeyQueue, count: number): Promise<RunRow[]> {
      const runs: RunRow[] = [];
      for (let n = 0; n < count; n += 1) runs.push(await aRun(db(), queue));
      return runs;
    },
    async read({ id }: Pick<RunRow, "id">): Promise<RunRow> {
      const run = await findRun(db(), id);
      if (!run) throw new Error("the run is gone");
      return run;
    },
    /** Milliseconds from the database's now; zero or less: due. */
    async dueAfter({ id }: Pick<RunRow, "id">): Promise<number> {
      const { rows } = await sql<{ ms: number }>`
        select extract(epoch from due_at - lw_now())::float8 * 1000 as ms from run where id = ${id}`.execute(db());
      return rows[0]?.ms ?? Number.NaN;
    },
    /** As a person does. */
    cancel: ({ id }: Pick<RunRow, "id">): Promise<void> =>
      transact(db(), async (tx) => {
        const run = await lockRun(tx, id);
        if (run) await cancelRun(tx, createFakePorts(), run, { by: randomUUID() });
      }),
  };
}
