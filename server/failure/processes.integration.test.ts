import { sql } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { checkInvariants } from "../testing/invariants.js";
import { attempts, effects, responses, runsOf } from "../testing/ledger-views.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { databaseNow } from "../../workflows/ledger/clock.js";
import { until } from "../../workflows/testing/until.js";
import { inTurn } from "./testing/in-turn.js";
import { allAtRest, PATIENCE_MS } from "./testing/settled.js";
import { oneActionFlows, systems, type System } from "./testing/three-systems.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

let product: Product;
let flows: Map<System, FlowHandle[]>;
const flowOf = (system: System): FlowHandle => flows.get(system)![0]!;

beforeAll(async () => {
  product = await startProduct({ timing: { sendWithinMs: 1_000, deadlineCapMs: 10_000 } });
  flows = await oneActionFlows(product);
});
afterAll(() => product.stop());

test("with the api killed after its commit and before its notification, the poll still starts every run", async () => {
  const { db } = product;
  const before = (await runsOf(db)).length;
  // Shadows the server's own function: the transaction has committed, and the notification hangs for ever.
  await sql`create function public.pg_notify(text, text) returns void language sql as 'select pg_sleep(600)'`.execute(
    db,
  );
  await setSearchPath("public, pg_catalog");
  await product.roles().api.stop();
  await product.startApi();
  const said = Array.from({ length: 10 }, (_, index) => ({ responseId: `committed-${index}` }));
  const posting = Promise.all(said.map((one) => post(flowOf("jira"), one)));
  await until(
    () => responses(db),
    (rows) => rows.some(({ external_id }) => external_id.startsWith("committed-")),
    { what: "a commit", everyMs: 5 },
  );
  await product.roles().api.kill();
  const first = await posting;
  await setSearchPath(`"$user", public`);
  await sql`drop function public.pg_notify(text, text)`.execute(db);
  // The worker's own notifications hung as well.
  await sql`select pg_cancel_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query like '%pg_notify%'`.execute(db);
  // Nobody else can tell the worker: the api is gone.
  const kept = (await runsOf(db)).length;
  await allAtRest(db, kept);
  // What was not answered is sent again, as senders do: it may or may not have been kept.
  await product.startApi();
  const again = await Promise.all(said.map((one) => post(flowOf("jira"), one)));
  expect(again.every(({ status }) => status === 202)).toBe(true);
  for (const [index, { eventId, runIds }] of first.entries())
    if (eventId !== null) expect(again[index]).toMatchObject({ eventId, runIds });
  await allAtRest(db, before + said.length);
  expect((await runsOf(db)).length).toBe(before + said.length);
  await checkInvariants(product, [...first, ...again]);
});

test("a worker that sleeps between its claim and its send gives the claim up unsent, and nothing is sent twice", async () => {
  const { db, sandbox } = product;
  const before = new Set((await effects(db)).map(({ id }) => id));
  const runs = (await runsOf(db)).length;
  // Salesforce is asked for the contact between claim and write: that answer is held while the worker sleeps.
  const reads = sandbox.faults.add({
    system: "salesforce",
    match: { method: "GET" },
    times: null,
    fault: { kind: "latency", ms: 8_000 },
  });
  const flow = await contactFlow(product);
  const posted = await inTurn(5, 5, () => post(flow, {}));
  const mine = async () => (await effects(db)).filter(({ id }) => !before.has(id));
  await until(mine, (rows) => rows.length === 5 && rows.every(({ state }) => state === "sending"), {
    what: "five claims",
    everyMs: 20,
  });
  const { worker } = product.roles();
  worker.send("SIGSTOP");
  await until(
    () => sandbox.faults.list(),
    (list) => list.some(({ id, struck }) => id === reads && struck >= 1),
    { what: "a held answer" },
  );
  const claimedAt = Math.max(...(await attempts(db)).map(({ started_at }) => started_at.getTime()));
  await until(
    () => databaseNow(db),
    (now) => now.getTime() > claimedAt + 1_500,
    { what: "the end of the time to send" },
  );
  sandbox.faults.clear();
  worker.send("SIGCONT");
  await allAtRest(db, runs + 5);
  const ids = new Set((await mine()).map(({ id }) => id));
  const stale = (await attempts(db)).filter(({ effect_id, code }) => ids.has(effect_id) && code === "stale_claim");
  expect(new Set(stale.map(({ effect_id }) => effect_id)).size).toBe(5);
  for (const { key, state } of await mine()) {
    expect(state).toBe("done");
    expect(sandbox.effects(key).effects).toBe(1);
  }
  await checkInvariants(product, posted);
});

test("a worker that sleeps for longer than its claims finds that another has done its work", async () => {
  const { db, sandbox } = product;
  const runs = (await runsOf(db)).length;
  const posted = await inTurn(15, 15, (index) => post(flowOf(systems[index % 3]!)));
  await until(
    () => effects(db),
    (rows) => rows.some(({ state }) => state === "sending"),
    { what: "a claim", everyMs: 2 },
  );
  const asleep = product.roles().worker;
  asleep.send("SIGSTOP");
  await product.startWorker();
  await allAtRest(db, runs + 15);
  asleep.send("SIGCONT");
  // Awake, it may settle what it had sent: that changes nothing that is done.
  await asleep.stop();
  expect(sandbox.effects().duplicates).toEqual([]);
  await checkInvariants(product, posted);
});

/** Of sessions that begin from now on. */
async function setSearchPath(path: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(product.db);
  await sql.raw(`alter database ${rows[0]?.name ?? ""} set search_path to ${path}`).execute(product.db);
}

async function contactFlow({ api, sandbox }: Product): Promise<FlowHandle> {
  const connection = await connect(api, sandbox, "salesforce");
  const deed = deeds.salesforce(connection, "jane.doe@northwind.example");
  return publishFlow(api, "for a contact", { nodes: [["deed", "action", deed]], edges: "start > deed" });
}
