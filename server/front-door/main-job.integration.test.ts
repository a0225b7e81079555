import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import type { RunDetail } from "../runs/run-api.js";
import type { Client } from "../testing/http.js";
import { aResponse, apiAs, deliver, demoSource, type SignedSource } from "./testing/clients.js";
import { startProduct, type Product } from "./testing/product.js";
import { connectionsOf, draftFor, finished, publishFlow, readRun, runUntil, stepOf, until } from "./testing/runs.js";
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

let product: Product;
let api: Client;
let source: SignedSource;

beforeAll(async () => {
  product = await startProduct();
  api = await apiAs(product, "admin");
  source = await demoSource(product);
});
afterAll(async () => {
  await product.stop();
});

const keyResponse = () =>
  aResponse({ account: "Northwind Traders", name: "Jane Doe", email: "jane.doe@northwind.example", score: 2 });

/** Every NPS answer starts a run of both demo flows; each flow's own condition goes on or ends it. */
async function runsOf(runIds: readonly string[]): Promise<{ followUp: string; asking: string }> {
  const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
  const isAsking = ({ nodes }: RunDetail): boolean => nodes.some(({ type }) => type === "approval");
  const [followUp, asking] = [runs.find((run) => !isAsking(run)), runs.find(isAsking)];
  if (!followUp || !asking) throw new Error("the demo's two flows did not both start");
  return { followUp: followUp.id, asking: asking.id };
}

const askedRun = async (): Promise<string> =>
  (await runsOf((await deliver(product, source, keyResponse())).runIds)).asking;

describe("feedback below 6", () => {
  it("is followed up in Slack, Jira and Salesforce, each effect once and shown on the run with its link", async () => {
    const { status, json, runIds, eventId } = await deliver(product, source, aResponse());
    expect(status).toBe(202);
    expect(Object.keys(json as object).sort()).toEqual(["eventId", "runIds"]);
    expect(eventId).toMatch(/^[0-9a-f-]{36}$/);
    const { followUp, asking } = await runsOf(runIds);
    const run = await finished(api, followUp);
    // Globex is no key account, so nobody is asked.
    expect(await finished(api, asking)).toMatchObject({ state: "finished", effects: [] });
    expect(run).toMatchObject({ state: "finished", outcome: "followed up", inDoubt: 0, contactName: "Sam Rivera" });
    const steps = Object.fromEntries(
      run.steps.map(({ nodeId, type, state, attempts }) => [nodeId, { type, state, attempts }]),
    );
    expect(steps).toMatchObject({
      unhappy: { type: "condition", state: "done", attempts: 0 },
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

  it("starts nothing at 6, and what starts at 5 is judged by the flow's own condition", async () => {
    const six = await deliver(product, source, aResponse({ score: 6 }));
    const ended = await Promise.all(six.runIds.map((id) => finished(api, id)));
    expect(ended.flatMap(({ effects }) => effects)).toEqual([]);
    const five = await deliver(product, source, aResponse({ score: 5, comment: null }));
    expect(await finished(api, (await runsOf(five.runIds)).followUp)).toMatchObject({ outcome: "followed up" });
  });
});

describe("the first screen", () => {
  it("shows one finished run and one approval that waits in the sandbox's Slack", async () => {
    const { items } = (await api("GET", "/api/approvals?state=pending")).json as {
      items: { runId: string; title: string }[];
    };
    const seeded = items.at(-1)!;
    expect(seeded.title).toBe("Executive call for Northwind Traders?");
    const card = await cardOf(product, seeded.runId);
    expect(card.channel).toBe(CX);
    expect(await runUntil(api, seeded.runId, ({ state }) => state === "waiting")).toMatchObject({ state: "waiting" });
  });
});

describe.each(["socket mode", "HTTP"])("a manager who is asked, over %s", (road) => {
  beforeAll(async () => {
    if (road === "HTTP") await product.services.sockets.close();
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
    expect(run.facts.find(({ kind }) => kind === "decided")?.by).toBe("maya");
    const decided = messages(product, CX).find(({ ts }) => ts === card.ts)!;
    expect(hasButtons(decided)).toBe(false);
    expect(JSON.stringify(decided.blocks)).toContain("Approved by maya");
    expect(messagesOf(product, runId).map(({ text }) => text)).toContainEqual(
      expect.stringContaining("Executive call with Northwind Traders approved."),
    );
    const task = rowsOf<{ Subject: string; Description: string }>(product, "salesforce", "Task").find(
      ({ Description }) => Description.includes(runId),
    );
    expect(task).toMatchObject({ Subject: "Executive call: Northwind Traders" });
    expect(task?.Description).toContain("Approved by maya");
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
    expect(JSON.stringify(decided.blocks)).toMatch(/Rejected by maya.*Too early for a call/s);
    const { items } = (await api("GET", "/api/approvals?state=rejected")).json as { items: { runId: string }[] };
    expect(items.find((one) => one.runId === runId)).toMatchObject({
      decidedBy: "maya",
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
      (told) => told.some((text) => text.includes("Too late: maya already approved this.")),
    );
    product.sandbox.faults.clear();
    const run = await finished(api, runId);
    expect(run.facts.filter(({ kind }) => kind === "decided")).toHaveLength(1);
  });
});

describe("an approval that names its approvers", () => {
  it("is decided by none but them, and others are told so", async () => {
    const { slack } = await connectionsOf(api);
    const ask = aNode("approval", "ask", {
      connectionId: slack,
      channel: "#cx",
      approvers: [MAYA],
      title: "Call?",
      text: "A customer is unhappy. {{ run.url }}",
    });
    await publishFlow(
      api,
      "Only Maya",
      draftFor("Approvers", [ask, aNode("end", "yes", { outcome: "call" })], "start > ask, ask:approved > yes"),
    );
    const { runIds } = await deliver(product, source, aResponse({ product: "Approvers", score: 9 }));
    const runs = await Promise.all(runIds.map((id) => readRun(api, id)));
    const { id } = runs.find(({ flowName }) => flowName === "Only Maya")!;
    const card = await cardOf(product, id);
    expect(await click(product, card, "approve", TOM)).toMatchObject({ ok: true });
    await until(
      () => toldTo(product, TOM),
      (told) => told.includes("You are not among those who may decide this."),
    );
    const { items } = (await api("GET", "/api/approvals?state=pending")).json as { items: { runId: string }[] };
    expect(items.map(({ runId }) => runId)).toContain(id);
    await click(product, card, "approve", MAYA);
    expect(stepOf(await finished(api, id), "ask")).toMatchObject({ output: "approved" });
  });
});

it("nothing went wrong in the background", () => {
  expect(product.errors).toEqual([]);
});
