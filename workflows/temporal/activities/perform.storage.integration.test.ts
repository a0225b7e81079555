import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Action, ActionDefinition, Found, LookUp } from "../../../integrations/connector.js";
import { ConnectorError } from "../../../integrations/outcome.js";
import { setDatabaseClock } from "../../../server/testing/database-clock.js";
import { createTestDatabase, type TestDatabase } from "../../../server/testing/database.js";
import type { RunRow } from "../../ledger/run-store.js";
import { transact } from "../../ledger/transact.js";
import type { Db } from "../../ledger/tx.js";
import { createRemote, type Behaviour } from "../../testing/fake-action.js";
import { aRun, attemptsOf, claimEffect, findEffect } from "../../testing/ledger-rows.js";
import { createPerforming, lapse } from "../../testing/performing.js";

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterEach(async () => {
  vi.useRealTimers();
  await setDatabaseClock(db, 0);
});
afterAll(() => database.drop());

const fails = (outcome: "REJECTED" | "TRANSIENT" | "AMBIGUOUS" | "AUTH") =>
  new ConnectorError({ outcome, code: "http_500", message: "no" });
const unclear: Found = { kind: "inconclusive", reason: "not there yet" };
const finds = (...found: readonly Found[]) => {
  const asked: LookUp[] = [];
  const find: NonNullable<ActionDefinition<unknown>["find"]> = (_input, lookUp) => {
    asked.push(lookUp);
    return Promise.resolve(found[Math.min(asked.length, found.length) - 1] ?? unclear);
  };
  return { asked, find };
};
/** One behaviour a send, the last for ever. */
const inTurn =
  (...behaviours: readonly Behaviour[]): Behaviour =>
  (call) =>
    (behaviours[Math.min(call.attempt, behaviours.length) - 1] ?? behaviours[0]!)(call);
const answerLost: Behaviour = ({ accept }) => {
  accept();
  throw fails("AMBIGUOUS");
};
const refuses =
  (outcome: "REJECTED" | "TRANSIENT" | "AUTH"): Behaviour =>
  () => {
    throw fails(outcome);
  };
const accepts: Behaviour = ({ accept }) => accept();

/** A worker takes the claim and dies. */
async function claimAndDie(run: RunRow, effectId: string): Promise<void> {
  const request = { effectId, token: randomUUID(), claimMs: 30_000, slots: [] };
  await transact(db, (tx) => claimEffect(tx, { kind: "run", id: run.id }, request));
  await lapse(db, effectId);
}

test("what a dead worker may have sent is looked up before anything is sent, and sent only where that proves it absent", async () => {
  for (const [found, sends, state, last] of [
    [{ kind: "absent" }, 1, "done", { kind: "send", outcome: "done" }],
    [unclear, 0, "ambiguous", { kind: "look-up", outcome: "inconclusive" }],
  ] as const) {
    const { find, asked } = finds(found);
    const remote = createRemote(accepts, { find });
    const { plan, perform } = createPerforming(db, remote.action);
    const run = await aRun(db);
    const effectId = await plan(run);
    await claimAndDie(run, effectId);
    expect((await perform(effectId)).state).toBe(state);
    expect([asked.length, remote.accepted.length]).toEqual([1, sends]);
    expect((await attemptsOf(db, effectId)).at(-1)).toEqual(last);
  }
});

/** The process sleeps between its claim and the write. */
const sleepy = (action: Action, sleepMs: () => number): Action => ({
  ...action,
  send: (input, call) => {
    vi.advanceTimersByTime(sleepMs());
    return action.send(input, call);
  },
});

test("a holder that slept for more than five seconds after its claim gives up unsent", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const remote = createRemote();
  let sleepMs = 5_001;
  const { plan, perform } = createPerforming(
    db,
    sleepy(remote.action, () => sleepMs),
  );
  const effectId = await plan(await aRun(db));
  expect(await perform(effectId)).toMatchObject({ state: "intent", code: "stale_claim", doubt_since: null });
  expect(remote.accepted).toEqual([]);
  sleepMs = 4_999;
  expect((await perform(effectId)).state).toBe("done");
});

test("a connection that does not open leaves the effect unclaimed: nothing is in doubt", async () => {
  const remote = createRemote();
  const performing = createPerforming(db, remote.action);
  Object.assign(performing.ports, { openConnections: () => Promise.reject(new Error("its secret does not open")) });
  const effectId = await performing.plan(await aRun(db));
  await expect(performing.perform(effectId)).rejects.toThrow("its secret does not open");
  expect(await findEffect(db, effectId)).toMatchObject({ state: "intent", attempts: 0, claimed_until: null });
});

test("also one that slept while its claim was being stored", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const remote = createRemote();
  const { plan, perform } = createPerforming(db, remote.action);
  const effectId = await plan(await aRun(db));
  expect((await perform(effectId, sleepyAfterCommit(db, 5_001))).code).toBe("stale_claim");
  expect(remote.accepted).toEqual([]);
});

/** The process sleeps when the server has committed and before it hears of it. */
function sleepyAfterCommit(real: Db, sleepMs: number): Db {
  const execute = async <Result>(work: Parameters<ReturnType<Db["transaction"]>["execute"]>[0]): Promise<Result> => {
    const result = await real.transaction().execute(work);
    vi.advanceTimersByTime(sleepMs);
    return result as Result;
  };
  return new Proxy(real, {
    get: (target, name) => {
      if (name === "transaction") return () => ({ execute });
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

test("what was not applied goes back to intent, unless an earlier attempt is in doubt: then it is looked up again", async () => {
  for (const outcome of ["TRANSIENT", "AUTH"] as const) {
    const { find, asked } = finds(unclear);
    const remote = createRemote(inTurn(refuses(outcome), answerLost, refuses(outcome)), { find });
    const { plan, perform } = createPerforming(db, remote.action);
    const effectId = await plan(await aRun(db), { onAmbiguous: "resend" });
    expect(await perform(effectId)).toMatchObject({ state: "intent", doubt_since: null });
    expect((await perform(effectId)).state).toBe("sending");
    expect(asked).toHaveLength(0);
    // Unclear, and the author said to send again: that try is refused, the lost one still is in doubt.
    expect((await perform(effectId)).state).toBe("sending");
    expect(asked).toHaveLength(1);
    await perform(effectId);
    expect(asked).toHaveLength(2);
  }
});

test("a refusal after a doubt leaves the doubt: the earlier attempt may have gone through", async () => {
  const { find } = finds(unclear);
  const remote = createRemote(inTurn(answerLost, refuses("REJECTED")), { find });
  const { plan, perform } = createPerforming(db, remote.action);
  const effectId = await plan(await aRun(db), { onAmbiguous: "resend" });
  await perform(effectId);
  expect((await perform(effectId)).state).toBe("ambiguous");
  const tries = await attemptsOf(db, effectId);
  expect(tries.map(({ outcome }) => outcome)).toEqual(["AMBIGUOUS", "inconclusive", "REJECTED"]);
});

test("a refusal after a proof of absence is a refusal", async () => {
  const { find } = finds({ kind: "absent" });
  const remote = createRemote(inTurn(answerLost, refuses("REJECTED")), { find });
  const { plan, perform } = createPerforming(db, remote.action);
  const effectId = await plan(await aRun(db));
  await perform(effectId);
  expect((await perform(effectId)).state).toBe("failed");
});

test("every send that may have been applied gets the whole window of empty look-ups before the next", async () => {
  const { find, asked } = finds(unclear);
  const remote = createRemote(answerLost, { find, doubt: { windowMs: 180_000, waitsMs: [60_000] } });
  const { plan, perform } = createPerforming(db, remote.action);
  const effectId = await plan(await aRun(db), { onAmbiguous: "resend" });
  const trace = async (minutes: number) => {
    await setDatabaseClock(db, minutes * 60_000);
    await lapse(db, effectId);
    await perform(effectId);
    return [asked.length, remote.accepted.length];
  };
  expect(await trace(0)).toEqual([0, 1]);
  expect(await trace(1)).toEqual([1, 1]);
  expect(await trace(3)).toEqual([2, 2]);
  expect(await trace(4)).toEqual([3, 2]);
  expect(await trace(5)).toEqual([4, 2]);
  expect(await trace(6)).toEqual([5, 3]);
});

test("a look-up is told when the last send was that may have been applied, and the time, both by the database's clock", async () => {
  const { find, asked } = finds(unclear);
  const remote = createRemote(inTurn(refuses("TRANSIENT"), answerLost, refuses("TRANSIENT")), { find });
  const { plan, perform } = createPerforming(db, remote.action);
  const effectId = await plan(await aRun(db), { onAmbiguous: "resend", retryUntil: new Date(Date.now() + 1e9) });
  const started = Date.now();
  for (const hours of [1, 2, 3, 4]) {
    await setDatabaseClock(db, hours * 3_600_000);
    await perform(effectId);
  }
  const hoursIn = (moment: Date | undefined) => Math.floor((Number(moment) - started) / 3_600_000);
  // Sent at one (refused), two (lost) and three (refused); looked up at three and four, each reaching back to the first.
  expect(asked.map(({ now, lastSentAt, since }) => [now, lastSentAt, since].map(hoursIn))).toEqual([
    [3, 2, 0],
    [4, 2, 0],
  ]);
  expect(Math.round((Number(asked[0]?.since) - started) / 60_000)).toBe(55);
});

test("a run that is cancelled, or withheld, while its effect is being looked up sends nothing, though it proves absent", async () => {
  for (const [change, code] of [
    [sql`update run set state = 'cancelled'`, "cancelled"],
    [sql`update effect set barred = true`, "cancelled"],
    [sql`update run set withheld = 'objected'`, "withheld_objected"],
  ] as const) {
    const remote = createRemote(accepts, {
      find: async () => {
        await change.execute(db);
        return { kind: "absent" };
      },
    });
    const { plan, perform } = createPerforming(db, remote.action);
    const run = await aRun(db);
    const effectId = await plan(run);
    await claimAndDie(run, effectId);
    expect((await perform(effectId)).state).toBe("sending");
    await lapse(db, effectId);
    expect(await perform(effectId)).toMatchObject({ state: "failed", code });
    expect((await attemptsOf(db, effectId)).at(-1)).toEqual({ kind: "look-up", outcome: "absent" });
    expect(remote.accepted).toEqual([]);
  }
});

test("an action that cannot be looked up is parked at once, or sent again where its author chose that", async () => {
  for (const [onAmbiguous, sends, state] of [
    ["park", 1, "ambiguous"],
    ["resend", 2, "done"],
  ] as const) {
    const blind = createRemote(inTurn(answerLost, accepts));
    const { find: _none, ...action } = blind.action;
    const { plan, perform } = createPerforming(db, action);
    const effectId = await plan(await aRun(db), { onAmbiguous });
    await perform(effectId);
    expect((await perform(effectId)).state).toBe(state);
    expect(blind.accepted).toHaveLength(sends);
  }
});

test("what the remote system accepted is recorded although the database goes away before it could be", async () => {
  const remote = createRemote();
  const { plan, perform, ports } = createPerforming(db, remote.action);
  const effectId = await plan(await aRun(db));
  const { seal } = ports.sealer;
  let away = 3;
  Object.assign(ports.sealer, {
    seal: (...asked: Parameters<typeof seal>) =>
      away-- > 0 ? Promise.reject(new Error("Connection terminated unexpectedly")) : seal(...asked),
  });
  expect(await perform(effectId)).toMatchObject({ state: "done", attempts: 1, doubt_since: null });
  expect(away).toBeLessThan(0);
  expect(remote.accepted).toHaveLength(1);
});

test("an answer that PostgreSQL cannot hold as text settles without what it cannot hold", async () => {
  const remote = createRemote(({ accept }) => ({ ...accept(), externalId: "a\u0000b" }));
  const { plan, perform } = createPerforming(db, remote.action);
  expect(await perform(await plan(await aRun(db)))).toMatchObject({ state: "done", external_id: "a\ufffdb" });
});
