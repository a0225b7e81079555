import { sql } from "kysely";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import {
  connectionsOf,
  draftFor,
  finished,
  publishFlow,
  quiet,
  readRun,
  runUntil,
  stepOf,
  type Connections,
} from "./testing/runs.js";
import { cardOf, CX, hasButtons, messages } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

const DAY_MS = 86_400_000;

const { product, api } = useProduct();
let connections: Connections;

beforeAll(async () => {
  connections = await connectionsOf(api);
  await quiet(api);
});

const wait = (amount: number, unit: "hours" | "days"): DraftNode =>
  aNode("wait", "pause", { mode: "duration", duration: { amount, unit } });
const tell = (text: string): DraftNode =>
  aNode("action", "tell", {
    action: "slack.postMessage@1",
    connectionId: connections.slack,
    input: { channel: CX, text },
  });

async function start(
  name: string,
  drawn: DraftNode[],
  edges: string,
  response = aResponse({ product: name, score: 9 }),
) {
  const flowId = await publishFlow(api, name, draftFor(name, drawn, edges));
  const { runIds } = await deliver(product, await demoSource(product), response);
  const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
  return runs.find((run) => run.flowId === flowId)!.id;
}

/** Moves the one clock of timers on for good: it never goes back. */
async function skip(ms: number): Promise<void> {
  skipped += ms;
  const text = `select clock_timestamp() + interval '${skipped} milliseconds'`;
  await sql`create or replace function lw_now() returns timestamptz language sql volatile as ${sql.lit(text)}`.execute(
    product.database.db,
  );
}
let skipped = 0;

describe("a step that waits two days", () => {
  it("shows until when, does nothing a moment before, and goes on when the time has come", async () => {
    const asked = Date.now();
    const runId = await start(
      "Two days",
      [wait(2, "days"), tell("waited {{ run.id }}")],
      "start > pause, pause > tell",
    );
    const waiting = await runUntil(api, runId, ({ state }) => state === "waiting");
    const { waitsUntil, state } = stepOf(waiting, "pause");
    expect(state).toBe("waiting");
    expect(Date.parse(waitsUntil!) - asked).toBeGreaterThanOrEqual(2 * DAY_MS);
    expect(Date.parse(waitsUntil!) - Date.now()).toBeLessThanOrEqual(2 * DAY_MS);
    await skip(2 * DAY_MS - 3_600_000);
    product.runtime.ports.wake(runId);
    const early = await readRun(api, runId);
    expect([early.state, stepOf(early, "pause").waitsUntil]).toEqual(["waiting", waitsUntil]);
    await skip(3_600_000);
    product.runtime.ports.wake(runId);
    await finished(api, runId);
    expect(messages(product, CX).filter(({ text }) => text === `waited ${runId}`)).toHaveLength(1);
  });

  it("is woken by the sweeper when nobody pokes: no correctness rests on Temporal's timer", async () => {
    const runId = await start("Unpoked", [wait(2, "days"), tell("swept {{ run.id }}")], "start > pause, pause > tell");
    await runUntil(api, runId, ({ state }) => state === "waiting");
    // It rests without a driver; once it has had one, the sweeper answers for it.
    await product.runtime.temporal.poke({ kind: "run", id: runId });
    const driven = sql<{ driven: boolean }>`select driven from run where id = ${runId}`;
    await vi.waitUntil(async () => (await driven.execute(product.database.db)).rows[0]?.driven, { timeout: 60_000 });
    await product.runtime.temporal.client.workflow.getHandle(`run_${runId}`).terminate("lost");
    await skip(2 * DAY_MS);
    await finished(api, runId);
    expect(messages(product, CX).filter(({ text }) => text === `swept ${runId}`)).toHaveLength(1);
  });
});

describe("an approval that nobody answers", () => {
  it("expires: the card says so and the run takes that way", async () => {
    const ask = aNode("approval", "ask", {
      connectionId: connections.slack,
      channel: CX,
      title: "Call?",
      text: "Unhappy. {{ run.url }}",
      expiresAfter: { amount: 4, unit: "hours" },
    });
    const end = (id: string): DraftNode => aNode("end", id, { outcome: id });
    const runId = await start(
      "Expires",
      [ask, end("called"), end("tooLate")],
      "start > ask, ask:approved > called, ask:expired > tooLate",
    );
    const card = await cardOf(product, runId);
    await runUntil(api, runId, ({ state }) => state === "waiting");
    await skip(4 * 3_600_000);
    product.runtime.ports.wake(runId);
    expect(await finished(api, runId)).toMatchObject({ state: "finished", outcome: "tooLate" });
    const updated = messages(product, CX).find(({ ts }) => ts === card.ts)!;
    expect(hasButtons(updated)).toBe(false);
    expect(JSON.stringify(updated.blocks)).toContain("Expired");
  });

  it("is withdrawn when another branch stops the run: nobody is asked for what no longer counts", async () => {
    const ask = aNode("approval", "ask", {
      connectionId: connections.slack,
      channel: CX,
      title: "Call?",
      text: "Unhappy. {{ run.url }}",
    });
    const runId = await start(
      "Stops",
      [ask, tell("never {{ run.id }}"), wait(1, "hours"), aNode("stop", "halt", { outcome: "overtaken" })],
      "start > ask, start > pause, ask:approved > tell, pause > halt",
    );
    const card = await cardOf(product, runId);
    await runUntil(api, runId, ({ state }) => state === "waiting");
    await skip(3_600_000);
    product.runtime.ports.wake(runId);
    expect(await finished(api, runId)).toMatchObject({ state: "finished", outcome: "overtaken" });
    const { items } = (await api("GET", "/api/approvals?state=withdrawn")).json as { items: { runId: string }[] };
    expect(items.map((one) => one.runId)).toContain(runId);
    const late = messages(product, CX).find(({ ts }) => ts === card.ts)!;
    expect([hasButtons(late), JSON.stringify(late.blocks).includes("Withdrawn")]).toEqual([false, true]);
  });
});

describe("a later revision of a response", () => {
  it("reaches the open run, which goes on with the new words; no second run starts", async () => {
    const response = aResponse({ product: "Revised", score: 9, comment: null });
    const runId = await start(
      "Revised",
      [wait(1, "hours"), tell('said: {{ feedback.comment | default: "nothing" }}')],
      "start > pause, pause > tell",
      response,
    );
    await runUntil(api, runId, ({ state }) => state === "waiting");
    const later = await deliver(product, await demoSource(product), { ...response, comment: "And now in words." });
    expect(later.runIds).toEqual([]);
    const revised = await runUntil(api, runId, ({ facts }) => facts.some(({ kind }) => kind === "revised"));
    expect(revised.event).toMatchObject({ feedback: { comment: "And now in words." } });
    await skip(3_600_000);
    product.runtime.ports.wake(runId);
    await finished(api, runId);
    expect(messages(product, CX).map(({ text }) => text)).toContain("said: And now in words.");
  });
});

describe("a flow that is paused", () => {
  it("takes no new response, while its open run goes on to its end", async () => {
    const runId = await start("Paused", [wait(1, "hours"), tell("paused {{ run.id }}")], "start > pause, pause > tell");
    await runUntil(api, runId, ({ state }) => state === "waiting");
    const { flowId } = await readRun(api, runId);
    expect(await api("POST", `/api/flows/${flowId}/pause`)).toMatchObject({ status: 200, json: { state: "paused" } });
    const { runIds } = await deliver(product, await demoSource(product), aResponse({ product: "Paused", score: 9 }));
    const flows = await Promise.all(runIds.map(async (id) => (await readRun(api, id)).flowId));
    expect(flows).not.toContain(flowId);
    await skip(3_600_000);
    product.runtime.ports.wake(runId);
    await finished(api, runId);
    expect(messages(product, CX).map(({ text }) => text)).toContain(`paused ${runId}`);
  });
});
