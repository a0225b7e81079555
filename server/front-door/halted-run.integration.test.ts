import { beforeAll, expect, it } from "vitest";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { appendFacts, lockRun } from "../../workflows/ledger/run-store.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { until } from "../../workflows/testing/until.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import { draftFor, finished, publishFlow, runUntil } from "./testing/runs.js";
import { messages, SUPPORT } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ breaks: true });

beforeAll(async () => {
  const steps = [
    aNode("wait", "rest", { mode: "duration", duration: { amount: 30, unit: "days" } }),
    aNode("end", "rested", { outcome: "rested" }),
  ];
  await publishFlow(api, "Patient", draftFor("Patient", steps, "start > rest, rest > rested"));
});

/** A fact that only a later release of the product understands. */
async function addLaterFact(runId: string): Promise<void> {
  const { db, vault } = product.runtime;
  await transact(db, async (tx) => {
    const run = await lockRun(tx, runId);
    const data = { semantics: 99, responseId: run!.response_id, revisionId: run!.revision_id };
    await appendFacts(tx, vault, run!, { facts: [{ kind: "started", nodeId: null, data }], dueAt: "now" });
  });
  product.runtime.ports.wake(runId);
}

/** What the later release would make of it. */
async function takeItBack(runId: string): Promise<void> {
  await transact(product.runtime.db, async (tx) => {
    const run = await lockRun(tx, runId);
    const db = tx.withTables<LedgerTables>();
    await db.deleteFrom("run_fact").where("run_id", "=", runId).where("seq", "=", run!.seq).execute();
    await db
      .updateTable("run")
      .set({ seq: run!.seq - 1 })
      .where("id", "=", runId)
      .execute();
  });
  product.runtime.ports.wake(runId);
}

it("a run that nobody can take further is stuck, told in Slack, shown with its reason, and goes on once it can", async () => {
  const { runIds } = await deliver(product, await demoSource(product), aResponse({ product: "Patient", score: 9 }));
  const [id = ""] = runIds;
  await runUntil(api, id, ({ state }) => state === "waiting");

  await addLaterFact(id);
  const stuck = await runUntil(api, id, ({ state }) => state === "stuck");
  expect(stuck).toMatchObject({ halted: { code: "UNKNOWN_SEMANTICS" }, steps: [], facts: [] });
  const told = await until(
    () => messages(product, SUPPORT).filter(({ text }) => text.includes(`/runs/${id}`)),
    ({ length }) => length > 0,
  );
  expect(told.map(({ text }) => text)).toEqual([expect.stringContaining("cannot_advance")]);
  expect(product.errors.length).toBeGreaterThan(0);

  await takeItBack(id);
  expect(await runUntil(api, id, ({ state }) => state === "waiting")).toMatchObject({ halted: null });
  await api("POST", `/api/runs/${id}/cancel`);
  expect(await finished(api, id)).toMatchObject({ state: "cancelled" });
});
