import { beforeAll, describe, expect, it } from "vitest";
import { until } from "../../workflows/testing/until.js";
import type { RunDetail } from "../runs/run-api.js";
import { aResponse, deliver, demoSource, type SignedSource } from "./testing/clients.js";
import { finished, quiet, readRun, runUntil, stepOf } from "./testing/runs.js";
import {
  cardOf,
  click,
  CX,
  hasButtons,
  MAYA,
  messages,
  messagesOf,
  openViews,
  rowsOf,
  SUPPORT,
  toldTo,
  TOM,
} from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct();
let source: SignedSource;

beforeAll(async () => {
  source = await demoSource(product);
});

const keyResponse = () =>
  aResponse({ account: "Northwind Traders", name: "Jane Doe", email: "jane.doe@northwind.example", score: 2 });

/** Starts both demo flows; answers the run that asks a manager. */
async function askedRun(): Promise<string> {
  const { runIds } = await deliver(product, source, keyResponse());
  const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
  const asking = runs.find(({ nodes }) => nodes.some(({ type }) => type === "approval"));
  if (!asking || runs.length !== 2) throw new Error("the demo's two flows did not both start");
  return asking.id;
}

describe("the first screen", () => {
  it("shows one finished run, one approval that waits in the sandbox's Slack, and no run that did nothing", async () => {
    const [asking, followUp, ...more] = await quiet(api);
    expect(more).toEqual([]);
    expect(followUp).toMatchObject({ state: "finished", outcome: "followed up", contactName: "Jane Doe" });
    expect(asking).toMatchObject({ state: "waiting", contactName: "Jane Doe" });
    const { items } = (await api("GET", "/api/approvals?state=pending")).json as {
      items: { runId: string; title: string }[];
    };
    expect(items).toMatchObject([{ runId: asking!.id, title: "Executive call for Northwind Traders?" }]);
    expect((await cardOf(product, asking!.id)).channel).toBe(CX);
  });
});

describe("feedback below 6", () => {
  it("is followed up in Slack, Jira and Salesforce, each effect once and shown on the run with its link", async () => {
    const { status, json, runIds, eventId } = await deliver(product, source, aResponse());
    expect(status).toBe(202);
    expect(Object.keys(json as object).sort()).toEqual(["eventId", "runIds"]);
    expect(eventId).toMatch(/^[0-9a-f-]{36}$/);
    // Globex is no key account, so nobody is asked.
    expect(runIds).toHaveLength(1);
    const run = await finished(api, runIds[0]!);
    expect(run).toMatchObject({ state: "finished", outcome: "followed up", inDoubt: 0, contactName: "Sam Rivera" });
    const steps = Object.fromEntries(
      run.steps.map(({ nodeId, type, state, attempts }) => [nodeId, { type, state, attempts }]),
    );
    expect(steps).toMatchObject({
      feedback: { type: "trigger", state: "done", attempts: 0 },
      tellSupport: { type: "action", state: "done", attempts: 1 },
      callback: { type: "action", state: "done", attempts: 1 },
      ticket: { type: "action", state: "done", attempts: 1 },
      note: { type: "action", state: "done", attempts: 1 },
    });
    expect(run.effects.map(({ system, state }) => `${system} ${state}`).sort()).toEqual([
      "jira done",
      "salesforce done",
      "salesforce done",
      "slack done",
    ]);
    for (const { key, externalId, url } of run.effects) {
      expect(key).toMatch(/^lw_[a-z2-7]+$/);
      expect(externalId).toBeTruthy();
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
      expect(product.sandbox.effects(key)).toMatchObject({ keys: 1, effects: 1, duplicates: [] });
      expect((await fetch(url!)).status).toBe(200);
    }
    const id = (nodeId: string) => run.effects.find((effect) => effect.nodeId === nodeId)?.externalId ?? "";
    const [message] = messagesOf(product, run.id).filter(({ channel }) => channel === SUPPORT);
    expect(message?.text).toContain("Call back Sam Rivera");
    expect(id("tellSupport")).toBe(`${SUPPORT}/${message?.ts}`);
    const issue = rowsOf<{ key: string; summary: string }>(product, "jira", "issues").find(
      ({ key }) => key === id("ticket"),
    );
    expect(issue?.summary).toBe("NPS 3: The export fails with files over 10 MB.");
    const task = rowsOf<{ Id: string; Subject: string }>(product, "salesforce", "Task").find(
      ({ Id }) => Id === id("callback"),
    );
    expect(task?.Subject).toBe("Call back Sam Rivera: NPS 3");
    const note = rowsOf<{ Id: string; Title: string }>(product, "salesforce", "ContentNote").find(
      ({ Id }) => Id === id("note"),
    );
    expect(note?.Title).toBe("NPS 3");
  });

  it("is taken once, however often it is delivered: the same answer, and no second run", async () => {
    const response = aResponse();
    const first = await deliver(product, source, response);
    const [second, third] = await Promise.all([deliver(product, source, response), deliver(product, source, response)]);
    expect([second.status, second.json, third.json]).toEqual([202, first.json, first.json]);
    await Promise.all(first.runIds.map((id) => finished(api, id)));
    expect((await deliver(product, source, response)).json).toEqual(first.json);
    const { responseId } = await readRun(api, first.runIds[0]!);
    const { items } = (await api("GET", "/api/runs?limit=200")).json as { items: RunDetail[] };
    const all = await Promise.all(items.map(({ id }) => readRun(api, id)));
    expect(
      all
        .filter((run) => run.responseId === responseId)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...first.runIds].sort());
  });

  it("starts at 5 and starts nothing from 6 on", async () => {
    for (const score of [6, 9]) {
      const { status, runIds } = await deliver(product, source, aResponse({ score }));
      expect([status, runIds]).toEqual([202, []]);
    }
    const five = await deliver(product, source, aResponse({ score: 5, comment: null }));
    expect(five.runIds).toHaveLength(1);
    expect(await finished(api, five.runIds[0]!)).toMatchObject({ outcome: "followed up" });
  });
});

describe.each(["socket mode", "HTTP"])("a manager who is asked, over %s", (road) => {
  beforeAll(async () => {
    if (road === "HTTP") await product.services.slack.close();
    const { transport } = await clickSomething();
    expect(transport).toBe(road === "HTTP" ? "http" : "socket");
  });

  /** A click that nothing comes of tells which way Slack takes. */
  async function clickSomething(): Promise<{ transport: string }> {
    const runId = await askedRun();
    const card = await cardOf(product, runId);
    const answered = await until(
      () => click(product, card, "approve", MAYA),
      ({ ok }) => ok,
    );
    expect(answered).toMatchObject({ ok: true });
    await finished(api, runId);
    return rowsOf<{ transport: string }>(product, "slack", "interactions").at(-1)!;
  }

  it("approves by a click: the card becomes its decision, and the run goes on to the call and the message", async () => {
    const runId = await askedRun();
    const card = await cardOf(product, runId);
    expect(card.channel).toBe(CX);
    expect(JSON.stringify(card.blocks)).toContain("Executive call for Northwind Traders?");
    const waiting = await runUntil(api, runId, ({ state }) => state === "waiting");
    expect(stepOf(waiting, "askManager").waitsUntil).toMatch(/Z$/);
    expect(await click(product, card, "approve", MAYA)).toMatchObject({ ok: true });
    const run = await finished(api, runId);
    expect(run).toMatchObject({ state: "finished", outcome: "executive call" });
    expect(stepOf(run, "askManager")).toMatchObject({ state: "done", output: "approved" });
    expect(run.facts.find(({ kind }) => kind === "decided")?.by).toBe("Maya Lindqvist");
    const decided = messages(product, CX).find(({ ts }) => ts === card.ts)!;
    expect(hasButtons(decided)).toBe(false);
    expect(JSON.stringify(decided.blocks)).toContain("Approved by Maya Lindqvist");
    expect(messagesOf(product, runId).map(({ text }) => text)).toContainEqual(
      expect.stringContaining("Executive call with Northwind Traders approved."),
    );
    const task = rowsOf<{ Subject: string; Description: string }>(product, "salesforce", "Task").find(
      ({ Description }) => Description.includes(runId),
    );
    expect(task).toMatchObject({ Subject: "Executive call: Northwind Traders" });
    expect(task?.Description).toContain("Approved by Maya Lindqvist");
    expect(product.sandbox.effects().duplicates).toEqual([]);
  });

  it("is asked why when rejecting, and the reason stands on the card and in the run", async () => {
    const runId = await askedRun();
    const card = await cardOf(product, runId);
    expect(await click(product, card, "reject", MAYA)).toMatchObject({ ok: true });
    const [view] = openViews(product);
    await runUntil(api, runId, ({ state }) => state === "waiting");
    const sent = await product.sandbox.act("submit", {
      viewId: view!.id,
      values: { reason: "Too early for a call" },
      user: MAYA,
    });
    expect(sent.body).toMatchObject({ ok: true });
    const run = await finished(api, runId);
    expect(run).toMatchObject({ state: "finished", outcome: "no call" });
    expect(stepOf(run, "askManager")).toMatchObject({ output: "rejected", values: { reason: "Too early for a call" } });
    const decided = messages(product, CX).find(({ ts }) => ts === card.ts)!;
    expect(JSON.stringify(decided.blocks)).toMatch(/Rejected by Maya Lindqvist.*Too early for a call/s);
    const { items } = (await api("GET", "/api/approvals?state=rejected")).json as { items: { runId: string }[] };
    expect(items.find((one) => one.runId === runId)).toMatchObject({
      decidedBy: "Maya Lindqvist",
      reason: "Too early for a call",
    });
  });

  it("is told who decided when a colleague was first", async () => {
    const runId = await askedRun();
    const card = await cardOf(product, runId);
    product.sandbox.faults.add({
      system: "slack",
      match: { slackMethod: "chat.update" },
      fault: { kind: "status", code: 500 },
      times: null,
    });
    await click(product, card, "approve", MAYA);
    // The card cannot be updated yet, so its buttons are still there for a second person.
    expect(await click(product, card, "approve", TOM)).toMatchObject({ ok: true });
    await until(
      () => toldTo(product, TOM),
      (told) => told.some((text) => text.includes("Too late: Maya Lindqvist already approved this.")),
    );
    product.sandbox.faults.clear();
    const run = await finished(api, runId);
    expect(run.facts.filter(({ kind }) => kind === "decided")).toHaveLength(1);
  });
});
