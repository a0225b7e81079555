import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { until } from "../../workflows/testing/until.js";
import { setDatabaseClock } from "../testing/database-clock.js";
import { allHistories, payloads, readings, type History } from "../testing/histories.js";
import { checkInvariants } from "../testing/invariants.js";
import { approvals, effects, runsOf } from "../testing/ledger-views.js";
import { connect, deeds, post, publishFlow, type Drawing, type Posted } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { managers, pressApprove, submitRejection } from "../testing/slack-people.js";
import { askIn } from "./testing/approval-races.js";
import { allAtRest, PATIENCE_MS, restless } from "./testing/settled.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

const said = {
  name: "Zephyrine Quillfeather",
  email: "zephyrine@canary-quill.example",
  phone: "+33699887766",
  comment: "The marmalade exploded twice",
};
const reason = "No budget for narwhals";
const secrets = [
  ...Object.values(said),
  ...Object.values(said).map(encodeURIComponent),
  "Quillfeather",
  "marmalade",
  "99887766",
  reason,
  "narwhal",
];
const all = `{{ contact.name | default: "-" }} {{ contact.email | default: "-" }} {{ contact.phone | default: "-" }} {{ feedback.comment | default: "-" }}`;
const DAY = { amount: 1, unit: "days" } as const;
const pause = { mode: "duration", duration: { amount: 5, unit: "minutes" } };
/** More than one batch takes at first: due all at once, they are a backlog, which a workflow drives. */
const BACKLOG = 30;

let product: Product;
let posted: Posted[];

async function begin(lane: "on" | "off"): Promise<void> {
  posted = [];
  product = await startProduct({ lane });
  onTestFinished(() => product.stop());
}

async function play(name: string, drawing: Drawing): Promise<string> {
  const flow = await publishFlow(product.api, name, drawing);
  const one = await post(flow, said);
  posted.push(one);
  return one.runIds[0] ?? "";
}

const runIs = (runId: string, state: string) =>
  until(
    async () => (await runsOf(product.db)).find(({ id }) => id === runId)?.state,
    (now) => now === state,
    { what: `${state}, of run ${runId}` },
  ).catch(async (error: unknown) => {
    throw new Error(await restless(product.db), { cause: error });
  });

async function approvalOf(runId: string): Promise<string> {
  const asked = await until(
    async () => (await approvals(product.db)).find(({ run_id }) => run_id === runId),
    (row) => row !== undefined,
    { what: "an approval" },
  );
  return asked?.id ?? "";
}

/** Every kind of life that a run can have, each full of what must not be told. */
async function liveThem(): Promise<Record<string, string>> {
  const { api, sandbox, url } = product;
  const [slack, jira, salesforce] = [
    await connect(api, sandbox, "slack"),
    await connect(api, sandbox, "jira"),
    await connect(api, sandbox, "salesforce"),
  ];
  // Stuck runs are told there: notices have drivers and histories as well.
  const settings = await api("PUT", "/api/settings", { noticeChannel: { connectionId: slack, channel: "#support" } });
  expect(settings.status).toBe(200);
  // A remote system that quotes the person in its refusals, once in passing and once for good.
  sandbox.faults.add({
    system: "jira",
    match: { operation: "POST /issue" },
    times: 1,
    fault: { kind: "status", code: 429, headers: { "retry-after": "1" }, body: { errorMessages: [said.comment] } },
  });
  const retried = await play("retry", { nodes: [["deed", "action", deeds.jira(jira, all)]], edges: "start > deed" });
  await runIs(retried, "finished");
  const refused = await play("refusal", {
    nodes: [["deed", "action", deeds.jira(jira, all, "NOWHERE")]],
    edges: "start > deed",
  });
  const failed = await play("failure", {
    nodes: [
      ["deed", "action", deeds.salesforce(salesforce, all, all)],
      ["next", "action", deeds.slack(slack, "#no-such-channel", all)],
    ],
    edges: "start > deed, deed:failure > next, deed > next",
  });
  const waited = await play("wait", {
    nodes: [
      ["pause", "wait", pause],
      ["deed", "action", deeds.slack(slack, "#support", all)],
    ],
    edges: "start > pause, pause > deed",
  });
  const asking = (channel: string): Drawing => ({
    nodes: [
      ["ask", "approval", askIn(slack, channel, { expiresAfter: DAY, text: all })],
      ["deed", "action", deeds.salesforce(salesforce, said.email, all)],
    ],
    edges: "start > ask, ask:approved > deed",
  });
  const approved = await play("approve", asking("#cx"));
  const rejected = await play("reject", asking("#rnd"));
  const cancelled = await play("cancel", asking("#support"));
  await pressApprove({ productUrl: url, approvalId: await approvalOf(approved), by: managers.maya });
  await submitRejection({ productUrl: url, approvalId: await approvalOf(rejected), by: managers.tom }, reason);
  await runIs(cancelled, "waiting");
  expect((await api("POST", `/api/runs/${cancelled}/cancel`)).status).toBe(200);
  await Promise.all([
    runIs(refused, "stuck"),
    runIs(failed, "stuck"),
    runIs(waited, "waiting"),
    runIs(approved, "finished"),
    runIs(rejected, "finished"),
  ]);
  await setDatabaseClock(product.db, 600_000);
  await runIs(waited, "finished");
  return { retried, refused, waited, approved, cancelled };
}

/** Nothing of what was said, in payloads and in everything else; each knows what it was started for. */
async function expectNothingTold(histories: readonly History[]): Promise<void> {
  const told = histories.flatMap((history) =>
    secrets.filter((secret) => readings(history).includes(secret)).map((secret) => `${history.workflowId}: ${secret}`),
  );
  expect(told).toEqual([]);
  // The search must be able to find something: every driver was given its id in a payload, every batch those of its runs.
  const runIds = posted.flatMap((one) => one.runIds);
  const given = ({ workflowId }: History): string[] =>
    workflowId.startsWith("batch_") ? runIds : [workflowId.replace(/^[a-z]+_/, "")];
  expect(histories.filter((one) => !given(one).some((id) => payloads(one).includes(`"${id}"`)))).toEqual([]);
  expect((await effects(product.db)).filter(({ request }) => request?.includes("Quillfeather"))).toEqual([]);
  await checkInvariants(product, posted);
}

const NOTHING_PERSONAL =
  "no history of Temporal holds a name, an e-mail, a phone number, a comment or a reason, whatever happened to the run";

test(`${NOTHING_PERSONAL} (each with a driver of its own)`, async () => {
  await begin("off");
  const lives = await liveThem();
  await allAtRest(product.db, posted.length);
  const histories = await until(
    () => allHistories(product.temporal),
    (found) => found.length > posted.length,
    { what: "histories of runs and notices", everyMs: 500 },
  );
  const open = Object.values(lives).filter((id) => !histories.some(({ workflowId }) => workflowId === `run_${id}`));
  expect(open, "runs without a history").toEqual([]);
  await expectNothingTold(histories);
  if (process.env["LOOPWRIGHT_RECORD_HISTORIES"] === "1") await record(lives, histories);
});

async function leaveBacklog(): Promise<void> {
  const flow = await publishFlow(product.api, "backlog", {
    nodes: [
      ["pause", "wait", pause],
      ["over", "end", { outcome: "rested" }],
    ],
    edges: "start > pause, pause > over",
  });
  for (let count = 0; count < BACKLOG; count += 1) posted.push(await post(flow, said));
}

test(`${NOTHING_PERSONAL} (in the fast lane)`, async () => {
  await begin("on");
  await leaveBacklog();
  await liveThem();
  await allAtRest(product.db, posted.length);
  const histories = await until(
    () => allHistories(product.temporal),
    (found) => ["batch_", "run_"].every((kind) => found.some(({ workflowId }) => workflowId.startsWith(kind))),
    { what: "histories of batches and of runs that were handed over", everyMs: 500 },
  );
  await expectNothingTold(histories);
});

/** For the replay test beside the driver: written only when its author asks for it. */
async function record(lives: Readonly<Record<string, string>>, histories: readonly History[]): Promise<void> {
  const folder = new URL("../../workflows/temporal/histories/", import.meta.url);
  await mkdir(folder, { recursive: true });
  for (const [name, runId] of Object.entries(lives)) {
    const found = histories.find(({ workflowId }) => workflowId === `run_${runId}`);
    if (!found) throw new Error(`there is no history of ${name}`);
    await writeFile(fileURLToPath(new URL(`${name}.json`, folder)), `${withoutMachine(found.json)}\n`);
  }
}

/** Workers sign with their process and machine, and name their sticky queues by it. */
const withoutMachine = (json: string): string => json.replace(/\b\d+@[\w.-]+/g, "worker");
