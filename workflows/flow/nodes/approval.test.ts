import { describe, expect, test } from "vitest";
import type { Command } from "../commands.js";
import { evaluate } from "../evaluate.js";
import type { NewFact } from "../facts.js";
import { fold } from "../fold.js";
import { plan } from "../interpreter.js";
import type { PublishedFlow } from "../schema.js";
import { connections } from "../testing/a-catalogue.js";
import { aFlow, aNode } from "../testing/a-flow.js";
import { aWorld } from "../testing/a-world.js";
import { aFact, cancelled, factList, planned, settled, started } from "../testing/facts.js";

const isEvaluate = (command: Command) => command.kind === "evaluate";

function evaluated(flow: PublishedFlow, facts: readonly NewFact[]) {
  const run = factList(started, ...facts);
  const command = plan(flow, run).find(isEvaluate);
  if (!command) throw new Error("Nothing to evaluate.");
  return evaluate(fold(flow, run), command, aWorld());
}

describe("approvals", () => {
  const flow = aFlow(
    [
      aNode("approval", "ask", { text: "Score {{ feedback.score | default: '?' }}", approvers: ["U1"] }),
      aNode("action", "call"),
    ],
    "start > ask, ask:approved > call",
  );
  const asked = aFact(
    "asked",
    "ask",
    { approvalId: "ap-1", expiresAt: "2026-03-03T09:00:00.000Z" },
    { title: "Call?", text: "Score 3" },
  );
  const card = [
    planned("ask", { slot: "card" }),
    settled("ask", "done", { slot: "card" }, { output: { ts: "17", channel: "C1" } }),
  ];
  const closingOf = (...facts: NewFact[]) => {
    const run = factList(started, asked, ...facts);
    const command = plan(flow, run)
      .filter(isEvaluate)
      .find(({ slot }) => slot === "decision");
    return command && evaluate(fold(flow, run), command, aWorld()).effects[0];
  };

  test("are worded once, with a request for the judge and a card for people", () => {
    expect(evaluated(flow, [])).toMatchObject({
      facts: [
        {
          kind: "asked",
          data: { approvalId: "id-1", expiresAt: "2026-03-03T09:00:00.000Z" },
          sealed: { title: "Call?", text: "Score 3" },
        },
        { kind: "planned", data: { slot: "card", effectId: "id-2", action: "slack.approvalCard@1" } },
      ],
      effects: [
        {
          slot: "card",
          connectionId: connections.slack,
          input: { channel: "#cx", approvalId: "id-1", title: "Call?", text: "Score 3" },
        },
      ],
      approval: {
        approvalId: "id-1",
        approvers: ["U1"],
        channel: "#cx",
        expiresAt: new Date("2026-03-03T09:00:00.000Z"),
      },
    });
  });

  test("a failed card is posted again for the same approval", () => {
    const noCard = settled("ask", "failed", { slot: "card" });
    const retried = aFact("retried", "ask", { slot: "card", iteration: 1, by: "ann" });
    const again = evaluated(flow, [asked, planned("ask", { slot: "card" }), noCard, retried]);
    expect(again).toMatchObject({
      facts: [{ kind: "planned", data: { slot: "card", iteration: 1 } }],
      effects: [{ iteration: 1, input: { approvalId: "ap-1", text: "Score 3" } }],
      approval: null,
    });
  });

  test("the decision is written where the card stands, with who, when and why", () => {
    const decided = aFact(
      "decided",
      "ask",
      { approvalId: "ap-1", output: "rejected", by: "U1" },
      { reason: "Too late" },
    );
    expect(closingOf(...card, decided)).toMatchObject({
      action: "slack.approvalDecision@1",
      onAmbiguous: "resend",
      closing: true,
      input: {
        channel: "C1",
        ts: "17",
        decision: "rejected",
        decidedBy: "U1",
        decidedAt: "2026-03-02T09:00:00.000Z",
        reason: "Too late",
      },
    });
  });

  test("a cancelled run withdraws its card", () => {
    expect(closingOf(...card, cancelled)?.input).toMatchObject({
      decision: "withdrawn",
      decidedBy: "ann",
      reason: null,
    });
  });
});
