import { describe, expect, test } from "vitest";
import { demoFlows, newNode } from "./draft.js";
import { publish } from "./publish.js";
import { nodeTypes, type PublishedFlow } from "./schema.js";
import { simulate } from "./simulate.js";
import { connections } from "./testing/a-catalogue.js";
import { published, surroundings } from "./testing/a-flow.js";
import { aContext, aWorld } from "./testing/a-world.js";
import { compileTriggers } from "./triggers.js";

/** How many runs one NPS answer starts; one that cannot be judged counts as a failure here. */
function startedBy(flow: PublishedFlow, feedback: object, account: Readonly<Record<string, unknown>> | null = null) {
  const { match } = compileTriggers([{ flowId: "f", versionId: "v", flow }]);
  const { matched, undecided } = match({ feedback: { sourceId: "demo", metric: "nps", ...feedback }, account });
  expect(undecided).toEqual([]);
  return matched.length;
}

describe("the support callback flow", () => {
  const draft = demoFlows.supportCallback.draft(connections);

  test("is published as it is, with a word about the sixes", () => {
    const result = publish(draft, surroundings());
    expect(result).toMatchObject({ ok: true, warnings: [{ nodeId: "feedback", code: "leaves_out_sixes" }] });
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

  test.each([
    [5, 1],
    [6, 0],
    [9, 0],
  ])("is started by an NPS of %i %i times", (score, times) => {
    expect(startedBy(published(draft), { score })).toBe(times);
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

  test.each([
    ["a key account", { name: "Acme", tier: "key" }, 1],
    ["a small account", { name: "Small", tier: "standard" }, 0],
    ["an account of which nothing is known", { name: "New" }, 0],
    ["nobody's account", null, 0],
  ])("is started by an unhappy answer of %s as it should", (_of, account, times) => {
    expect(startedBy(flow, { score: 2 }, account)).toBe(times);
    expect(startedBy(flow, { score: 8 }, account)).toBe(0);
  });
});

test("there is a new node of every type", () => {
  expect(nodeTypes.map((type) => newNode(type, { id: "x", title: "", x: 0, y: 0 }).type)).toEqual(nodeTypes);
});
