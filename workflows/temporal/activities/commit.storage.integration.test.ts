import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../server/testing/database.js";
import { aFlow, aNode } from "../../flow/testing/a-flow.js";
import type { NewFact } from "../../flow/facts.js";
import { effectsOf } from "../../ledger/effect-store.js";
import { readFacts } from "../../ledger/fact-store.js";
import { appendFacts, findRun, lockRun } from "../../ledger/run-store.js";
import { BARE, settleEffect } from "../../ledger/settle.js";
import { transact } from "../../ledger/transact.js";
import type { Incident } from "../../ports.js";
import { createRemote } from "../../testing/fake-action.js";
import { createFakePorts } from "../../testing/fake-ports.js";
import { createFakeSealer } from "../../testing/fake-sealer.js";
import { aRun } from "../../testing/ledger-rows.js";
import { timingSchema } from "../timing.js";
import { createAdvance } from "./advance.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import { commitAll, type Look } from "./commit.js";
import { decide } from "./decide.js";
import { createLooks } from "./looks.js";
import { createPerform } from "./perform.js";

let database: TestDatabase;
let dependencies: AdvanceDependencies;
const call = (id: string) =>
  aNode("action", id, { action: "http.request@1", connectionId: null, input: { url: "https://example.com" } });
const flow = aFlow([call("one"), call("two")], "start > one, one > two");
const ports = createFakePorts({ flow });

beforeAll(async () => {
  database = await createTestDatabase();
  dependencies = {
    db: database.db,
    ports,
    installationId: "test",
    zones: { nextLocalTime: (from) => from },
    timing: { ...timingSchema.parse({}), showState: false, deadlineOf: () => 1_000 },
  };
});
afterAll(() => database.drop());

/** From outside, without knowing how many facts there are. */
const append = (runId: string, fact: NewFact) =>
  transact(database.db, async (tx) => {
    const run = await lockRun(tx, runId);
    if (run) await appendFacts(tx, ports.sealer, run, { facts: [fact], dueAt: "now" });
  });
const cancelled: NewFact = { kind: "cancelled", nodeId: null, data: { by: "ann" } };
const kindsOf = async (runId: string) => (await readFacts(database.db, runId)).map(({ fact }) => fact.kind);

const commit = async (look: Look) => (await commitAll(dependencies, [look]))[0];

/** Its first step is done and its second about to be planned. */
async function betweenSteps() {
  const run = await aRun(database.db);
  const owner = { kind: "run", id: run.id } as const;
  await createAdvance(dependencies).advance(run.id, []);
  const [effect] = await effectsOf(database.db, owner);
  const done = { ...BARE, state: "done", externalId: "1" } as const;
  await transact(database.db, (tx) => settleEffect(tx, ports, owner, { ...done, effectId: effect?.id ?? "" }));
  const { snapshot: read, open } = createLooks(dependencies);
  const snapshot = await read(run.id);
  if (!snapshot) throw new Error("the run is gone");
  const decideAgain = () => decide(dependencies, snapshot, open);
  return { run, owner, snapshot, decideAgain, progress: await decideAgain() };
}

test("what was planned on a picture that has changed is dropped whole: no fact, no effect, no due time", async () => {
  const { run, owner, snapshot, progress } = await betweenSteps();
  expect(progress.effects).toHaveLength(1);
  await append(run.id, cancelled);
  const before = await findRun(database.db, run.id);
  expect(await commit({ snapshot, progress, by: "driver" })).toBeNull();
  expect(await kindsOf(run.id)).toEqual(["started", "planned", "settled", "cancelled"]);
  expect(await effectsOf(database.db, owner)).toHaveLength(1);
  expect(await findRun(database.db, run.id)).toEqual(before);
});

test.each([true, false])(
  "of two who planned on the same picture one writes (in one transaction: %s)",
  async (together) => {
    const { run, owner, snapshot, progress, decideAgain } = await betweenSteps();
    const looks = [progress, await decideAgain()].map((one) => ({ snapshot, progress: one, by: "driver" as const }));
    const written = together ? await commitAll(dependencies, looks) : await Promise.all(looks.map(commit));
    expect(written.filter((next) => next !== null)).toHaveLength(1);
    expect(await effectsOf(database.db, owner)).toHaveLength(2);
    expect(await kindsOf(run.id)).toEqual(["started", "planned", "settled", "planned"]);
  },
);

test("of two who find the same step stuck one tells of it", async () => {
  const told: Incident[] = [];
  const own = { ...dependencies, ports: createFakePorts({ flow, incidents: told }) };
  const run = await aRun(database.db);
  const owner = { kind: "run", id: run.id } as const;
  await createAdvance(own).advance(run.id, []);
  const [effect] = await effectsOf(database.db, owner);
  const failed = { ...BARE, effectId: effect?.id ?? "", state: "failed", code: "http_400" } as const;
  await transact(database.db, (tx) => settleEffect(tx, own.ports, owner, failed));
  const { snapshot: read, open } = createLooks(own);
  const looks = await Promise.all(
    (["driver", "lane"] as const).map(async (by): Promise<Look> => {
      const snapshot = (await read(run.id))!;
      return { snapshot, progress: await decide(own, snapshot, open), by };
    }),
  );
  for (const look of looks) await commitAll(own, [look]);
  expect((await findRun(database.db, run.id))?.state).toBe("stuck");
  expect(told).toMatchObject([{ kind: "run_stuck", code: "http_400" }]);
});

test("a failure half-way leaves nothing", async () => {
  const { run, owner, snapshot, progress } = await betweenSteps();
  const [planned] = progress.effects;
  // The second of these two has the first one's place.
  const effects = [...progress.effects, { ...planned!, effectId: run.id }];
  await expect(commit({ snapshot, progress: { ...progress, effects }, by: "driver" })).rejects.toMatchObject({
    code: "23505",
  });
  expect(await effectsOf(database.db, owner)).toHaveLength(1);
  expect((await findRun(database.db, run.id))?.seq).toBe(3);
});

test("of looks that share a transaction the one that cannot be written fails alone", async () => {
  const [bad, good] = [await betweenSteps(), await betweenSteps()];
  const { commit: together } = createLooks(dependencies);
  const effects = bad.progress.effects.map((effect) => ({ ...effect, effectId: "no id at all" }));
  const [refused, written] = await Promise.allSettled([
    together({ snapshot: bad.snapshot, progress: { ...bad.progress, effects }, by: "lane" }),
    together({ snapshot: good.snapshot, progress: good.progress, by: "lane" }),
  ]);
  expect(refused).toMatchObject({ status: "rejected", reason: { code: "22P02" } });
  expect(written).toMatchObject({ status: "fulfilled" });
  expect(await effectsOf(database.db, bad.owner)).toHaveLength(1);
  expect(await effectsOf(database.db, good.owner)).toHaveLength(2);
});

test("facts from outside are appended whatever came before, side by side with a driver, and none is lost", async () => {
  const { run, owner } = await betweenSteps();
  const revised: NewFact = { kind: "revised", nodeId: null, data: { revisionId: "r" } };
  const { advance } = createAdvance(dependencies);
  await Promise.all([
    ...Array.from({ length: 20 }, () => append(run.id, revised)),
    advance(run.id, []),
    advance(run.id, []),
  ]);
  const kinds = await kindsOf(run.id);
  expect(kinds.filter((kind) => kind === "revised")).toHaveLength(20);
  expect(kinds.filter((kind) => kind === "planned")).toHaveLength(2);
  expect((await findRun(database.db, run.id))?.seq).toBe(kinds.length);
  expect(await effectsOf(database.db, owner)).toHaveLength(2);
});

test("what is planned for an event of before a restore point begins in doubt, however late it is planned", async () => {
  const { run, owner, snapshot, progress } = await betweenSteps();
  await sql`insert into restore_point (reaches, named_at) values (lw_now() - interval '1 hour', lw_now())`.execute(
    database.db,
  );
  await commit({ snapshot, progress, by: "driver" });
  const [, two] = await effectsOf(database.db, owner);
  expect(two).toMatchObject({ node_id: "two", state: "sending", attempts: 0, claimed_until: null });
  expect(Number(run.created_at) - Number(two?.first_sending_at)).toBeGreaterThan(3_500_000);
  await sql`delete from restore_point`.execute(database.db);
});

test("a person who is erased while an effect is open: the effect ends unseen, and the run finishes as erased", async () => {
  const sealer = createFakeSealer();
  const own = { ...dependencies, ports: { ...ports, sealer } };
  const run = await aRun(database.db);
  const { start } = await createAdvance(own).advance(run.id, []);
  sealer.erase(run.subject_id);
  const { action, accepted } = createRemote();
  const performing = {
    db: database.db,
    ports: own.ports,
    action: () => action,
    ratesOf: () => ({}),
    timing: own.timing,
  };
  await createPerform(performing).perform(start[0]?.effectId ?? "");
  expect(await createAdvance(own).advance(run.id, [])).toMatchObject({ finished: true, start: [] });
  expect(await findRun(database.db, run.id)).toMatchObject({ state: "finished", outcome: "erased" });
  expect(accepted).toEqual([]);
});

test("what the lane has in hand is due again within a lease, and what a driver has only once it is to be rescued", async () => {
  for (const [by, most] of [
    ["lane", "20 seconds"],
    ["driver", "120 seconds"],
  ] as const) {
    const { run, snapshot, progress } = await betweenSteps();
    await commit({ snapshot, progress, by });
    const { rows } = await sql<{ soon: boolean }>`
      select due_at <= lw_now() + ${most}::interval and due_at > lw_now() + ${most}::interval - interval '10 seconds' as soon
      from run where id = ${run.id}`.execute(database.db);
    expect([by, rows]).toEqual([by, [{ soon: true }]]);
  }
});
