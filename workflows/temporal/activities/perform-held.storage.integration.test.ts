import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ActionDefinition } from "../../../integrations/connector.js";
import { createTestDatabase, type TestDatabase } from "../../../server/testing/database.js";
import { databaseNow } from "../../ledger/clock.js";
import { holdSlot } from "../../ledger/rate-slots.js";
import { transact } from "../../ledger/transact.js";
import type { ConnectionBrief } from "../../ports.js";
import { createRemote } from "../../testing/fake-action.js";
import { aRun, claimEffect } from "../../testing/ledger-rows.js";
import { createPerforming, lapse } from "../../testing/performing.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What a dead worker may have sent is about to be looked up; `meanwhile` happens before the look-up answers "absent". */
async function aDoubt(meanwhile: (connection: { id: string; state: ConnectionBrief["state"] }) => Promise<void>) {
  const connection = { id: randomUUID(), connector: "http", state: "ok" as ConnectionBrief["state"] };
  const find: NonNullable<ActionDefinition<unknown>["find"]> = async () => {
    await meanwhile(connection);
    return { kind: "absent" };
  };
  const remote = createRemote(undefined, { find });
  const { plan, perform, ports } = createPerforming(database.db, remote.action);
  Object.assign(ports, { connectionBriefs: () => Promise.resolve([{ ...connection }]) });
  const run = await aRun(database.db);
  const effectId = await plan(run, { connectionId: connection.id });
  const request = { effectId, token: randomUUID(), claimMs: 30_000, slots: [] };
  await transact(database.db, (tx) => claimEffect(tx, { kind: "run", id: run.id }, request));
  await lapse(database.db, effectId);
  return { connection, remote, perform: () => perform(effectId) };
}

test("a connection that is paused while an effect is looked up is sent nothing; once it goes on, the effect is sent", async () => {
  const { connection, remote, perform } = await aDoubt((one) => {
    one.state = "paused";
    return Promise.resolve();
  });
  expect(await perform()).toMatchObject({ state: "intent", claimed_until: null, doubt_since: null });
  expect(remote.accepted).toEqual([]);
  connection.state = "ok";
  expect((await perform()).state).toBe("done");
  expect(remote.accepted).toHaveLength(1);
});

test("a Retry-After that another worker heard while an effect was looked up holds its send as well", async () => {
  const { remote, perform } = await aDoubt(({ id }) =>
    transact(database.db, (tx) => holdSlot(tx, id, "connection", 600_000)),
  );
  const effect = await perform();
  expect(effect).toMatchObject({ state: "intent", claimed_until: null });
  expect(Number(effect.not_before)).toBeGreaterThan(Number(await databaseNow(database.db)) + 300_000);
  expect(remote.accepted).toEqual([]);
});
