import { SCHEMA_VERSION, type DraftNode, type FlowDraft } from "../schema.js";
import { deed, lead, node, text, whenKeyUnhappy, type DemoConnections } from "./drawn.js";

/** "Key account, NPS < 6 → ask manager in #cx → executive call" */
export function executiveCallFlow(connections: DemoConnections): FlowDraft {
  return {
    schemaVersion: SCHEMA_VERSION,
    retiredIds: [],
    nodes: [
      whenKeyUnhappy,
      askManager(connections),
      call(connections),
      tellTeam(connections),
      node("called", "end", { title: "Call arranged", column: 3, row: 0 }, { outcome: "executive call" }),
      node("left", "end", { title: "No call", column: 2, row: 2 }, { outcome: "no call" }),
    ],
    edges: [
      ...lead("feedback", "next", "askManager"),
      ...lead("askManager", "approved", "call", "tellTeam"),
      ...lead("askManager", "rejected", "left"),
      ...lead("askManager", "expired", "left"),
      ...["call", "tellTeam"].flatMap((id) => lead(id, "next", "called")),
    ],
  };
}

const askManager = ({ slack }: DemoConnections): DraftNode =>
  node(
    "askManager",
    "approval",
    { title: "Ask a manager", column: 1, row: 1 },
    {
      connectionId: slack,
      channel: "#cx",
      approvers: [],
      title: `Executive call for ${text.account}?`,
      text: `${text.name} gave NPS {{ feedback.score }}:\n${text.comment}`,
      expiresAfter: { amount: 1, unit: "days" },
    },
  );

const call = ({ salesforce }: DemoConnections): DraftNode =>
  deed(
    "call",
    { title: "Executive call", column: 2, row: 0 },
    {
      action: "salesforce.createTask@1",
      connectionId: salesforce,
      input: {
        subject: `Executive call: ${text.account}`,
        description: `NPS {{ feedback.score }} from ${text.name}.\n${text.comment}\n\nApproved by {{ steps.askManager.decidedBy }}. {{ run.url }}`,
        contactEmail: text.email,
        priority: "High",
        dueInHours: 24,
        phone: text.phone,
        ifNoContact: "account-less",
      },
    },
  );

const tellTeam = ({ slack }: DemoConnections): DraftNode =>
  deed(
    "tellTeam",
    { title: "Tell the team", column: 2, row: 1 },
    {
      action: "slack.postMessage@1",
      connectionId: slack,
      input: { channel: "#cx", text: `Executive call with ${text.account} approved. {{ run.url }}` },
    },
  );
