import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Action } from "../../../integrations/connector.js";
import { createTestDatabase, type TestDatabase } from "../../../server/testing/database.js";
import { createRemote } from "../../testing/fake-action.js";
import { aRun } from "../../testing/ledger-rows.js";
import { createPerforming } from "../../testing/performing.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => vi.useRealTimers());
afterAll(() => database.drop());

const HOUR_MS = 3_600_000;

/** Between its first claim and the write the wall clock moves, and the steady one does not. */
function moving(action: Action, byMs: number): Action {
  const moves = [byMs];
  return {
    ...action,
    send: (input, call) => {
      vi.setSystemTime(Date.now() + (moves.pop() ?? 0));
      return action.send(input, call);
    },
  };
}

test.each([
  ["a suspended machine, which the steady clock does not see, sends with its next claim", 5_001, "intent"],
  ["a machine whose time is set forward sends with its next claim", HOUR_MS, "intent"],
  ["a machine whose time is set back sends at once", -HOUR_MS, "done"],
])("%s, and sends once", async (_, byMs, first) => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const remote = createRemote();
  const { plan, perform } = createPerforming(database.db, moving(remote.action, byMs));
  const effectId = await plan(await aRun(database.db));
  const { state, code } = await perform(effectId);
  expect([state, code]).toEqual([first, first === "intent" ? "stale_claim" : null]);
  expect(remote.accepted).toHaveLength(first === "intent" ? 0 : 1);
  expect((await perform(effectId)).state).toBe("done");
  expect(remote.accepted).toHaveLength(1);
});
