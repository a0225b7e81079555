import { describe, expect, it } from "vitest";
import { callTo, fakeSlack, KEY, lookUpIn } from "../testing/fake-slack.js";
import { approvalCard } from "./approval-card.js";
import { approvalDecision } from "./approval-decision.js";

const card = {
  channel: "C1",
  approvalId: "apr_1",
  title: "Call Northwind?",
  text: "NPS 3: the export is slow",
  approveLabel: "Approve",
  rejectLabel: "Reject",
  runUrl: "http://127.0.0.1:4000/runs/1?a=1&b=|>",
};
const decision = {
  channel: "C1",
  ts: "1.000001",
  title: card.title,
  text: card.text,
  decision: "approved",
  decidedBy: "Maya Lindqvist",
  decidedAt: "2026-03-01T12:00:00Z",
  reason: null,
};
const reply = { ok: true, channel: "C1", ts: "1.000001" };

interface Block {
  type: string;
  text?: { text: string; verbatim?: boolean };
  elements?: {
    type: string;
    text: string | { text: string };
    action_id?: string;
    value?: string;
    style?: string;
    verbatim?: boolean;
  }[];
}

async function shown(action: typeof approvalCard, method: string, given: object) {
  const slack = await fakeSlack({ [method]: reply });
  const sent = await action.send(given, callTo(slack));
  const args = slack.asked[0]!.args;
  return { sent, args, blocks: JSON.parse(args["blocks"] ?? "[]") as Block[] };
}
const ask = (more: object = {}) => shown(approvalCard, "chat.postMessage", { ...card, ...more });
const decide = (more: object = {}) => shown(approvalDecision, "chat.update", { ...decision, ...more });

describe("the approval card", () => {
  it("has a section, a context with the run, and two buttons that carry the approval", async () => {
    const { blocks, sent } = await ask();
    expect(blocks.map(({ type }) => type)).toEqual(["section", "context", "actions"]);
    expect(blocks[0]?.text?.text).toBe("*Call Northwind?*\nNPS 3: the export is slow");
    expect(blocks[1]?.elements?.[0]?.text).toBe(
      "Waiting for a decision · <http://127.0.0.1:4000/runs/1?a=1&amp;b=%7C%3E|Open the run>",
    );
    expect(blocks[2]?.elements).toMatchObject([
      { action_id: "approval.approve", value: "apr_1", style: "primary", text: { text: "Approve" } },
      { action_id: "approval.reject", value: "apr_1", style: "danger", text: { text: "Reject" } },
    ]);
    expect(sent.externalId).toBe("C1/1.000001");
  });

  it("carries the effect's key and is found by it", async () => {
    const { args } = await ask();
    const metadata = { event_type: "loopwright_effect", event_payload: { k: KEY } };
    expect(args["metadata"]).toBe(JSON.stringify(metadata));
    const slack = await fakeSlack({ "conversations.history": { ok: true, messages: [{ ts: "1.000001", metadata }] } });
    expect(await approvalCard.find!(card, lookUpIn(slack))).toMatchObject({
      kind: "found",
      sent: { externalId: "C1/1.000001" },
    });
  });

  it("never lets a customer's words mention anybody", async () => {
    const { blocks, args } = await ask({ title: "<!channel> *look*", text: "<@U1> <!here>", runUrl: undefined });
    expect(JSON.stringify(blocks)).not.toMatch(/[<>]/);
    expect(args["text"]).toBe("&lt;!channel&gt; *look*");
    expect(blocks[0]?.text).toMatchObject({
      verbatim: true,
      text: "*&lt;!channel&gt; look*\n&lt;@U1&gt; &lt;!here&gt;",
    });
  });

  it("cuts what Slack would refuse, visibly and between characters", async () => {
    const { blocks } = await ask({ text: "👩‍👩‍👧&".repeat(1_000), title: "t".repeat(500), approveLabel: "y".repeat(90) });
    const text = blocks[0]?.text?.text ?? "";
    expect(text.length).toBeLessThanOrEqual(3_000);
    expect(text.endsWith("…")).toBe(true);
    expect(text).toMatch(/(👩‍👩‍👧|&amp;)…$/u);
    expect(blocks[2]?.elements?.[0]?.text).toMatchObject({ text: `${"y".repeat(74)}…` });
  });

  it("is drawn by approvals only", () => {
    expect(approvalCard.internal).toBe(true);
    expect(approvalDecision.internal).toBe(true);
  });
});

describe("the decision", () => {
  it("replaces the buttons by who decided and when", async () => {
    const { blocks, args } = await decide();
    expect(args).toMatchObject({ channel: "C1", ts: "1.000001" });
    expect(blocks.map(({ type }) => type)).toEqual(["section", "context"]);
    expect(blocks[1]?.elements?.[0]?.text).toBe(
      ":white_check_mark: Approved by Maya Lindqvist · <!date^1772366400^{date_short_pretty} {time}|2026-03-01 12:00 UTC>",
    );
  });

  it.each([
    ["approved", "Approved"],
    ["rejected", "Rejected"],
    ["expired", "Expired"],
    ["withdrawn", "Withdrawn"],
  ])("%s reads %s, also where nobody decided", async (kind, word) => {
    const { blocks, args } = await decide({ decision: kind, decidedBy: null });
    expect(blocks[1]?.elements?.[0]?.text).toMatch(new RegExp(`${word} · `));
    expect(args["text"]).toContain(word);
  });

  it("quotes the reason, line by line and escaped", async () => {
    const { blocks } = await decide({ decision: "rejected", reason: "no <!channel>\nlater", decidedBy: "<@U1>" });
    expect(blocks[2]?.elements?.[0]?.text).toBe(">no &lt;!channel&gt;\n>later");
    expect(blocks[1]?.elements?.[0]?.text).toContain("by &lt;@U1&gt;");
  });

  it("may be written again after a doubt, without a look-up", async () => {
    const slack = await fakeSlack({});
    expect(await approvalDecision.find!(decision, lookUpIn(slack))).toEqual({ kind: "absent" });
    expect(slack.asked).toEqual([]);
  });
});
