import { expect, onTestFinished, test, vi } from "vitest";
import { until } from "../../workflows/testing/until.js";
import { erasureSchema, receiptSchema, type Erasure } from "../erasure/erasure-api.js";
import { holdSchema } from "../holds/hold-api.js";
import { isReceiptSigned } from "../erasure/receipt.js";
import { allHistories, readings } from "../testing/histories.js";
import { approvals, runsOf } from "../testing/ledger-views.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { backUp, readable, restore } from "../testing/whole-database.js";
import { askIn } from "./testing/approval-races.js";
import { PATIENCE_MS } from "./testing/settled.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

/** What the issue allows from the request to the last byte. */
const AT_MOST_MS = 60_000;

const said = {
  name: "Zephyrine Quillfeather",
  email: "zephyrine@canary-quill.example",
  phone: "+33699887766",
  comment: "The marmalade exploded twice",
};
/** They wrote from another address, and were taken for somebody else until the two were merged. */
const second = "quilly@canary-second.example";
const words = [second, ...Object.values(said), "Quillfeather", "marmalade", "99887766"];
const all = `{{ contact.name | default: "-" }} {{ contact.email | default: "-" }} {{ contact.phone | default: "-" }} {{ feedback.comment | default: "-" }}`;
const other = { name: "Osric Pennyworth", email: "osric@elsewhere.example", comment: "Nothing but praise" };

async function begin(): Promise<Product> {
  const product = await startProduct();
  onTestFinished(() => product.stop());
  return product;
}

const stateOf = async (product: Product, runId: string | undefined) =>
  (await runsOf(product.db)).find(({ id }) => id === runId)?.state;

const runIs = (product: Product, runId: string | undefined, state: string) =>
  until(
    () => stateOf(product, runId),
    (now) => now === state,
    { what: `${state}, of run ${runId}` },
  );

interface Lived {
  readonly finished: FlowHandle;
  readonly responseId: string;
  /** Of the response that names nobody, but for the e-mail in its words. */
  readonly anonymousId: string;
}

/** A person with a finished run, an open question, a rest, a call in the air, and words that nobody signed; and somebody else. */
async function live(product: Product): Promise<Lived> {
  const { api, sandbox } = product;
  const [slack, jira, salesforce] = [
    await connect(api, sandbox, "slack"),
    await connect(api, sandbox, "jira"),
    await connect(api, sandbox, "salesforce"),
  ];
  const finished = await publishFlow(api, "all three", {
    nodes: [
      ["tell", "action", deeds.slack(slack, "#support", all)],
      ["ticket", "action", deeds.jira(jira, all)],
      ["task", "action", deeds.salesforce(salesforce, '{{ contact.email | default: "-" }}', all)],
    ],
    edges: "start > tell, tell > ticket, ticket > task",
  });
  const asking = await publishFlow(api, "ask", {
    nodes: [
      ["ask", "approval", askIn(slack, "#cx", { expiresAfter: { amount: 1, unit: "days" }, text: all })],
      ["deed", "action", deeds.jira(jira, all)],
    ],
    edges: "start > ask, ask:approved > deed",
  });
  const resting = await publishFlow(api, "rest", {
    nodes: [
      ["pause", "wait", { mode: "duration", duration: { amount: 5, unit: "minutes" } }],
      ["deed", "action", deeds.slack(slack, "#rnd", all)],
    ],
    edges: "start > pause, pause > deed",
  });
  const slow = await publishFlow(api, "slow", {
    nodes: [["deed", "action", deeds.jira(jira, all, "SUP")]],
    edges: "start > deed",
  });
  // What they said is searched as well: a copy that has to go too.
  expect((await product.api("PUT", "/api/feedback/search", { on: true })).status).toBe(200);
  const first = await post(finished, said);
  const anonymous = await post(finished, { comment: `Write to ${said.email}: ${said.comment}` });
  const otherwise = await post(finished, { ...said, email: second });
  const untouched = await post(finished, other);
  for (const { runIds } of [first, anonymous, otherwise, untouched]) await runIs(product, runIds[0], "finished");
  const asked = await post(asking, said);
  const rested = await post(resting, said);
  await until(
    () => approvals(product.db),
    (rows) => rows.length === 1,
    { what: "an approval" },
  );
  await runIs(product, asked.runIds[0], "waiting");
  await runIs(product, rested.runIds[0], "waiting");
  sandbox.faults.add({
    system: "jira",
    match: { operation: "POST /issue" },
    times: 1,
    fault: { kind: "latency", ms: 2_000 },
  });
  await post(slow, said);
  await until(
    () => effectsInTheAir(product),
    (n) => n > 0,
    { what: "a call in the air" },
  );
  await mergeBoth(product, first.responseId, otherwise.responseId);
  return { finished, responseId: first.responseId, anonymousId: anonymous.responseId };
}

async function mergeBoth(product: Product, ...responseIds: readonly [string, string]): Promise<void> {
  const [kept, merged] = await Promise.all(
    responseIds.map((id) => idOf(product, "select contact_id as id from response where external_id = $1", id)),
  );
  expect(merged).not.toBe(kept);
  expect((await product.api("POST", `/api/privacy/contacts/${kept}/merge`, { contactId: merged })).status).toBe(200);
}

async function effectsInTheAir({ pool }: Product): Promise<number> {
  const { rows } = await pool.query<{ n: number }>("select count(*)::int as n from effect where state = 'sending'");
  return rows[0]?.n ?? 0;
}

const idOf = async ({ pool }: Product, query: string, value: string): Promise<string> =>
  (await pool.query<{ id: string }>(query, [value])).rows[0]?.id ?? "";

async function erase(product: Product, { responseId, anonymousId }: Lived): Promise<Erasure> {
  const contact = await idOf(product, "select contact_id as id from response where external_id = $1", responseId);
  const nobody = await idOf(product, "select id from response where external_id = $1", anonymousId);
  const answer = await product.api("POST", "/api/privacy/erasures", { contactIds: [contact], responseIds: [nobody] });
  expect(answer.status, answer.text).toBe(202);
  return erasureSchema.parse(answer.json);
}

/** Answers how to lift it. */
async function hold(product: Product, { responseId }: Lived): Promise<() => Promise<void>> {
  const id = await idOf(product, "select contact_id as id from response where external_id = $1", responseId);
  const body = { about: { kind: "contact", id }, reason: `${said.name} has a lawyer` };
  const placed = holdSchema.parse((await product.api("POST", "/api/privacy/holds", body)).json);
  expect(placed.reason).toBe(body.reason);
  return async () => {
    expect((await product.api("POST", `/api/privacy/holds/${placed.id}/lift`)).status).toBe(200);
  };
}

/** Another one, asked for later and held by nothing, is done before it: the worker came by, and left this one alone. */
async function isHeldStill(product: Product, { finished }: Lived, { id }: Erasure): Promise<void> {
  const { responseId, runIds } = await post(finished, { name: "Third", email: "third@elsewhere.example" });
  await runIs(product, runIds[0], "finished");
  const other = await idOf(product, "select contact_id as id from response where external_id = $1", responseId);
  const asked = await product.api("POST", "/api/privacy/erasures", { contactIds: [other] });
  await doneErasure(product, erasureSchema.parse(asked.json).id);
  const held = erasureSchema.parse((await product.api("GET", `/api/privacy/erasures/${id}`)).json);
  expect(held).toMatchObject({ held: { by: "contact" }, settledAt: null, doneAt: null });
}

const doneErasure = (product: Product, id: string): Promise<Erasure> =>
  until(
    async () => erasureSchema.parse((await product.api("GET", `/api/privacy/erasures/${id}`)).json),
    ({ doneAt }) => doneAt !== null,
    { what: "the erasure to be done", timeoutMs: AT_MOST_MS, everyMs: 250 },
  );

async function everything(product: Product): Promise<Record<string, string>> {
  const { api, worker } = product.roles();
  return {
    database: readable(await backUp(product.db)),
    temporal: (await allHistories(product.temporal)).map(readings).join("\n"),
    logs: [...api.output, ...worker.output].join("\n"),
    systems: JSON.stringify(product.sandbox.state()),
  };
}

const foundIn = (places: Readonly<Record<string, string>>): string[] =>
  Object.entries(places).flatMap(([place, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${place}: ${word}`),
  );

test("who is erased is nowhere any more: database, Temporal, logs, and what we left in Slack, Jira and Salesforce; also after a restore", async () => {
  const product = await begin();
  const lived = await live(product);
  const before = await everything(product);
  // The search must be able to find something.
  expect(before["systems"]).toContain(said.comment);
  const backup = await backUp(product.db);

  const lift = await hold(product, lived);
  const asked = await erase(product, lived);
  await isHeldStill(product, lived, asked);
  const kept = await everything(product);
  for (const word of [said.name, said.comment]) expect(kept["systems"]).toContain(word);
  await lift();
  const done = await doneErasure(product, asked.id);
  expect(foundIn(await everything(product))).toEqual([]);
  expect(JSON.stringify(product.sandbox.state())).toContain(other.comment);
  expect(await runsOf(product.db)).toHaveLength(1);

  const receipt = receiptSchema.parse(done.receipt);
  expect(isReceiptSigned(receipt)).toBe(true);
  expect(isReceiptSigned({ ...receipt, body: { ...receipt.body, copies: [] } })).toBe(false);
  const { copies, deleted } = receipt.body;
  expect(deleted).toMatchObject({ contact: 2, response: 6, run: 6, approval: 1, subject_key: 4 });
  const states = copies.map(({ action, state }) => `${action} ${state}`).toSorted();
  expect(states.filter((line) => line.endsWith("open") || line.endsWith("failed"))).toEqual([]);
  expect(states.filter((line) => line === "jira.createIssue@1 deleted")).toHaveLength(4);
  expect(copies.filter(({ remains }) => remains === "salesforce_recycle_bin")).toHaveLength(3);
  expect(await product.cli("audit", "verify")).toContain("whole");

  // A source that delivers once more what was erased does not bring it back.
  const again = await post(lived.finished, { ...said, responseId: lived.responseId });
  expect(again).toMatchObject({ status: 202, eventId: null, runIds: [] });
  expect(foundIn({ database: readable(await backUp(product.db)) })).toEqual([]);

  await Promise.all([product.roles().api.stop(), product.roles().worker.stop()]);
  await restore(product.db, backup);
  await product.startApi();
  await product.startWorker();
  const erasedAgain = await doneErasure(product, asked.id);
  expect(erasedAgain.ground).toBe("restored");
  expect(foundIn(await everything(product))).toEqual([]);
});
