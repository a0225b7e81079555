import { describe, expect, test } from "vitest";
import { emptyDraft, demoFlows, freeId, newNode } from "./draft.js";
import { publish } from "./publish.js";
import { nodeTypes } from "./schema.js";
import { simulate } from "./simulate.js";
import { connections } from "./testing/a-catalogue.js";
import { aNode, published, surroundings } from "./testing/a-flow.js";
import { aContext, aWorld } from "./testing/a-world.js";

describe("the support callback flow", () => {
  const draft = demoFlows.supportCallback.draft(connections);

  test("is published as it is, with a word about the sixes", () => {
    const result = publish(draft, surroundings());
    expect(result).toMatchObject({ ok: true, warnings: [{ nodeId: "unhappy", code: "leaves_out_sixes" }] });
  });

  test("calls back, writes a ticket and leaves a note for a score of 3", () => {
    const { effects, view } = simulate(published(draft), aWorld());
    expect(view).toMatchObject({ state: "finished", outcome: "followed up" });
    expect(effects.map(({ action }) => action).toSorted()).toEqual([
      "jira.createIssue@1",
      "salesforce.createNote@1",
      "salesforce.createTask@1",
      "slack.postMessage@1",
    ]);
    const task = effects.find(({ action }) => action === "salesforce.createTask@1");
    expect(task?.input).toMatchObject({ subject: "Call back Ada: NPS 3", phone: "+33 6 12 34 56 78", dueInHours: 2 });
  });

  test("does the same for a person of whom nothing is known", () => {
    const nobody = aContext({
      contact: null,
      account: null,
      feedback: { ...aContext().feedback, comment: null, product: null },
    });
    const { view, effects } = simulate(published(draft), aWorld({ context: nobody }));
    expect(view.state).toBe("finished");
    expect(effects).toHaveLength(4);
  });

  test("ends without an effect for a six", () => {
    const six = aContext({ feedback: { ...aContext().feedback, score: 6 } });
    const { effects, view } = simulate(published(draft), aWorld({ context: six }));
    expect(effects).toEqual([]);
    expect(view).toMatchObject({ state: "finished", outcome: "done" });
  });

  test("goes on without the note where Salesforce refuses it", () => {
    const refuseNote = {
      effect: ({ action }: { action: string }) => ({ state: action.includes("Note") ? "failed" : "done" }) as const,
    };
    const { view } = simulate(published(draft), aWorld(), refuseNote);
    expect(view).toMatchObject({ state: "finished", steps: { note: { state: "failed", output: "failure" } } });
  });
});

describe("the executive call flow", () => {
  const flow = published(demoFlows.executiveCall.draft(connections));

  test("arranges the call once a manager approves, and writes the decision on the card", () => {
    const { view, effects, approvals } = simulate(flow, aWorld(), {
      approval: () => ({ output: "approved", by: "U1" }),
    });
    expect(approvals).toMatchObject([{ channel: "#cx", title: "Executive call for Acme?" }]);
    expect(view.outcome).toBe("executive call");
    expect(effects.map(({ action }) => action).toSorted()).toEqual([
      "salesforce.createTask@1",
      "slack.approvalCard@1",
      "slack.approvalDecision@1",
      "slack.postMessage@1",
    ]);
    const decision = effects.find(({ slot }) => slot === "decision");
    expect(decision).toMatchObject({ closing: true, input: { decision: "approved", decidedBy: "U1", ts: "ts" } });
  });

  test.each(["rejected", "expired"] as const)("ends without a call when it is %s", (output) => {
    const { view } = simulate(flow, aWorld(), { approval: () => ({ output }) });
    expect(view).toMatchObject({ state: "finished", outcome: "no call", steps: { call: { state: "dead" } } });
  });

  test("asks nobody about a small account", () => {
    const small = aContext({ account: { name: "Small", tier: "standard" } });
    expect(simulate(flow, aWorld({ context: small })).approvals).toEqual([]);
  });
});

test("a new node of every type has an id that the flow never had", () => {
  const draft = { ...emptyDraft(), retiredIds: ["wait1"], nodes: [aNode("wait", "wait2")] };
  expect(freeId(draft, "wait")).toBe("wait3");
  expect(nodeTypes.map((type) => newNode(type, { id: "x", title: "", x: 0, y: 0 }).type)).toEqual(nodeTypes);
});
