import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import type { Incident } from "../ports.js";
import { createFakeSealer } from "../testing/fake-sealer.js";
import { anEffect, aRun, attemptsOf, claimEffect, findEffect } from "../testing/ledger-rows.js";
import { lapse as lapseClaim } from "../testing/performing.js";
import { renewClaim, type ClaimRequest } from "./claim.js";
import { readFacts } from "./fact-store.js";
import { findRun, type RunRow } from "./run-store.js";
import { BARE, postponeEffect, settleEffect, type Settlement } from "./settle.js";
import type { AttemptOutcome } from "./tables.js";
import { transact } from "./transact.js";

let database: TestDatabase;
const sealer = createFakeSealer();
const incidents: Incident[] = [];
const ports = {
  sealer,
  incident: (_tx: unknown, incident: Incident) => Promise.resolve(void incidents.push(incident)),
};

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const request = (effectId: string, difference: Partial<ClaimRequest> = {}): ClaimRequest => ({
  effectId,
  token: randomUUID(),
  claimMs: 60_000,
  slots: [],
  ...difference,
});
const ref = (run: RunRow) => ({ kind: "run", id: run.id }) as const;
const claim = (run: RunRow, asked: ClaimRequest) => transact(database.db, (tx) => claimEffect(tx, ref(run), asked));
const settle = (run: RunRow, difference: Partial<Settlement> & Pick<Settlement, "effectId">) =>
  transact(database.db, (tx) =>
    settleEffect(tx, ports, ref(run), {
      ...BARE,
      state: "done",
      externalId: "C1/1.1",
      clearOutput: { ts: "1.1" },
      ...difference,
    }),
  );
/** What one attempt says. */
const by = ({ token }: ClaimRequest, outcome: AttemptOutcome = "done") => ({ attempt: { token, outcome } });
const lapse = (effectId: string) => lapseClaim(database.db, effectId);

test("of twenty who want to send the same effect at once, one may", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  const claims = await Promise.all(Array.from({ length: 20 }, () => claim(run, request(effectId))));
  expect(claims.filter(({ kind }) => kind === "send")).toHaveLength(1);
  expect(claims.filter(({ kind }) => kind === "later")).toHaveLength(19);
});

test("a live claim is waited for; a lapsed one is looked up before anything is sent", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  expect((await claim(run, request(effectId))).kind).toBe("send");
  expect((await claim(run, request(effectId))).kind).toBe("later");
  await lapse(effectId);
  const second = await claim(run, request(effectId));
  expect(second.kind).toBe("look-up");
  expect(second.kind === "look-up" && second.effect.doubt_since).not.toBeNull();
});

test("after an empty look-up only the holder of the claim may go on to send", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  await claim(run, request(effectId));
  await lapse(effectId);
  const holder = request(effectId);
  await claim(run, holder);
  const stranger = request(effectId);
  expect(await transact(database.db, (tx) => renewClaim(tx, ref(run), { ...stranger, provedAbsent: true }))).toBeNull();
  const renewed = await transact(database.db, (tx) => renewClaim(tx, ref(run), { ...holder, provedAbsent: true }));
  expect(renewed?.effect).toMatchObject({ state: "sending", doubt_since: null });
});

test("success is accepted from an attempt whose claim lapsed long ago", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  const first = request(effectId);
  await claim(run, first);
  await lapse(effectId);
  await claim(run, request(effectId));
  expect(await settle(run, { effectId, ...by(first) })).toBe(true);
  expect((await findEffect(database.db, effectId))?.state).toBe("done");
});

test("failure is not accepted from an attempt that lost its claim", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  const first = request(effectId);
  await claim(run, first);
  await lapse(effectId);
  await claim(run, request(effectId));
  expect(await settle(run, { effectId, ...by(first, "REJECTED"), state: "failed", externalId: null })).toBe(false);
  expect((await findEffect(database.db, effectId))?.state).toBe("sending");
});

test("success is accepted also after the effect was parked or had failed", async () => {
  for (const state of ["ambiguous", "failed"] as const) {
    const run = await aRun(database.db);
    const effectId = await anEffect(database.db, sealer, run);
    const first = request(effectId);
    await claim(run, first);
    await lapse(effectId);
    const second = request(effectId);
    await claim(run, second);
    await settle(run, { effectId, ...by(second, "AMBIGUOUS"), state, externalId: null });
    expect(await settle(run, { effectId, ...by(first) })).toBe(true);
    expect((await findEffect(database.db, effectId))?.state).toBe("done");
  }
});

test("of what is not current neither a doubt nor a postponement is accepted", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  const first = request(effectId);
  await claim(run, first);
  await lapse(effectId);
  const second = request(effectId);
  await claim(run, second);
  expect(await settle(run, { effectId, ...by(first, "AMBIGUOUS"), state: "ambiguous", externalId: null })).toBe(false);
  const back = {
    outcome: "TRANSIENT",
    code: "http_429",
    message: null,
    waitMs: 0,
    inDoubt: false,
    hold: null,
  } as const;
  await transact(database.db, (tx) => postponeEffect(tx, sealer, ref(run), { ...back, effectId, token: first.token }));
  expect(await findEffect(database.db, effectId)).toMatchObject({ state: "sending", token: second.token });
});

test("who gives up on an effect ends it as failed only where it was never sent, and else leaves the doubt", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  await claim(run, request(effectId));
  expect(await settle(run, { effectId, state: "failed", externalId: null })).toBe(false);
  expect(await settle(run, { effectId, state: "ambiguous", externalId: null })).toBe(true);
});

test("done never changes, and a second external id is an incident that people see", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  await settle(run, { effectId, externalId: "C1/1.1" });
  expect(await settle(run, { effectId, externalId: "C1/2.2" })).toBe(false);
  expect(await settle(run, { effectId, state: "failed" })).toBe(false);
  const effect = await findEffect(database.db, effectId);
  expect([effect?.state, effect?.external_id]).toEqual(["done", "C1/1.1"]);
  expect(incidents.filter(({ about }) => about.id === run.id).map(({ kind }) => kind)).toEqual(["effect_doubled"]);
});

test("settling writes the effect, its attempt, the run's fact and wakes the run, all in one", async () => {
  const run = await aRun(database.db, { dueAt: new Date(Date.now() + 3_600_000) });
  const effectId = await anEffect(database.db, sealer, run);
  const holder = request(effectId);
  await claim(run, holder);
  await settle(run, { effectId, ...by(holder) });
  const [fact] = await readFacts(database.db, run.id);
  expect(fact?.fact).toMatchObject({
    seq: 1,
    kind: "settled",
    data: { effectId, state: "done", externalId: "C1/1.1" },
  });
  const after = await findRun(database.db, run.id);
  expect(after?.seq).toBe(1);
  expect(Number(after?.due_at)).toBeLessThanOrEqual(Date.now() + 1_000);
  expect(await attemptsOf(database.db, effectId)).toEqual([{ kind: "send", outcome: "done" }]);
});

test("a transient failure goes back to intent; with an earlier attempt in doubt it stays to be looked up", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  const back = { effectId, outcome: "TRANSIENT" as const, code: "http_429", message: null, waitMs: 0, hold: null };
  const first = request(effectId);
  await claim(run, first);
  await transact(database.db, (tx) =>
    postponeEffect(tx, sealer, ref(run), { ...back, token: first.token, inDoubt: false }),
  );
  const second = request(effectId);
  expect((await claim(run, second)).kind).toBe("send");
  await transact(database.db, (tx) =>
    postponeEffect(tx, sealer, ref(run), { ...back, token: second.token, inDoubt: true }),
  );
  expect((await claim(run, request(effectId))).kind).toBe("look-up");
});

test("claims refuse once the time for trying is over", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run, { retryUntil: new Date(Date.now() - 1_000) });
  expect((await claim(run, request(effectId))).kind).toBe("expired");
});

test("a cancelled run takes claims to look up, never to send, but for its closing effects", async () => {
  const run = await aRun(database.db);
  const unsent = await anEffect(database.db, sealer, run, { nodeId: "unsent" });
  const doubtful = await anEffect(database.db, sealer, run, { nodeId: "doubtful" });
  const closing = await anEffect(database.db, sealer, run, { nodeId: "closing", closing: true });
  await claim(run, request(doubtful));
  await lapse(doubtful);
  await sql`update run set state = 'cancelled' where id = ${run.id}`.execute(database.db);
  expect((await claim(run, request(unsent))).kind).toBe("later");
  expect(await claim(run, request(doubtful))).toMatchObject({ kind: "look-up", mayOnlyLook: "cancelled" });
  expect((await claim(run, request(closing))).kind).toBe("send");
});

test("a run that is over takes claims to look up what it left, never to send", async () => {
  const run = await aRun(database.db);
  const unsent = await anEffect(database.db, sealer, run, { nodeId: "unsent", closing: true });
  const doubtful = await anEffect(database.db, sealer, run, { nodeId: "doubtful" });
  await claim(run, request(doubtful));
  await lapse(doubtful);
  await sql`update run set finished_at = lw_now() where id = ${run.id}`.execute(database.db);
  expect((await claim(run, request(unsent))).kind).toBe("later");
  const holder = request(doubtful);
  expect((await claim(run, holder)).kind).toBe("look-up");
  expect(await transact(database.db, (tx) => renewClaim(tx, ref(run), { ...holder, provedAbsent: true }))).toBeNull();
});

test("an effect's message, sealed for its place, opens only there", async () => {
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run);
  const holder = request(effectId);
  await claim(run, holder);
  await settle(run, { effectId, ...by(holder, "REJECTED"), state: "failed", message: "Component is required" });
  const effect = await findEffect(database.db, effectId);
  const [opened] = await sealer.open(database.db, [
    { sealed: effect?.message ?? null, place: `effect.message|${effectId}` },
  ]);
  expect(opened).toEqual({ erased: false, value: "Component is required" });
});
