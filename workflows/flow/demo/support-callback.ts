import { SCHEMA_VERSION, type DraftNode, type FlowDraft } from "../schema.js";
import { deed, lead, node, text, whenUnhappy, type DemoConnections } from "./drawn.js";

/** "NPS < 6 → support callback + R&D ticket + CRM note". A callback is a Slack message plus a task with phone and due time. */
export function supportCallbackFlow(connections: DemoConnections): FlowDraft {
  return {
    schemaVersion: SCHEMA_VERSION,
    retiredIds: [],
    nodes: [
      whenUnhappy,
      tellSupport(connections),
      callback(connections),
      ticket(connections),
      note(connections),
      node("done", "end", { title: "Loop opened", column: 3, row: 1 }, { outcome: "followed up" }),
    ],
    edges: [
      ...lead("feedback", "next", "tellSupport", "ticket", "note"),
      ...lead("tellSupport", "next", "callback"),
      ...["callback", "ticket", "note"].flatMap((id) => lead(id, "next", "done")),
      // A note needs a contact to stand on: where Salesforce does not know the person, the loop goes on without it.
      ...lead("note", "failure", "done"),
    ],
  };
}

const tellSupport = ({ slack }: DemoConnections): DraftNode =>
  deed(
    "tellSupport",
    { title: "Tell support", column: 1, row: 0 },
    {
      action: "slack.postMessage@1",
      connectionId: slack,
      input: {
        channel: "#support",
        text: `*Call back ${text.name}* within 2 hours (NPS {{ feedback.score }}). ${text.phone}\n>${text.comment}\n{{ run.url }}`,
      },
    },
  );

const callback = ({ salesforce }: DemoConnections): DraftNode =>
  deed(
    "callback",
    { title: "Callback task", column: 2, row: 0 },
    {
      action: "salesforce.createTask@1",
      connectionId: salesforce,
      input: {
        subject: `Call back ${text.name}: NPS {{ feedback.score }}`,
        description: `${text.comment}\n\nFrom {{ feedback.source }}. {{ run.url }}`,
        contactEmail: text.email,
        priority: "High",
        dueInHours: 2,
        phone: text.phone,
        ifNoContact: "account-less",
      },
    },
  );

const ticket = ({ jira }: DemoConnections): DraftNode =>
  deed(
    "ticket",
    { title: "R&D ticket", column: 1, row: 1 },
    {
      action: "jira.createIssue@1",
      connectionId: jira,
      input: {
        project: "RND",
        issueType: "Bug",
        summary: `NPS {{ feedback.score }}: ${text.headline}`,
        description: `${text.comment}\n\nProduct: {{ feedback.product | default: "not said" }}\nScore: {{ feedback.score }}\n{{ run.url }}`,
        labels: ["voice-of-customer"],
      },
    },
  );

const note = ({ salesforce }: DemoConnections): DraftNode =>
  deed(
    "note",
    { title: "CRM note", column: 1, row: 2 },
    {
      action: "salesforce.createNote@1",
      connectionId: salesforce,
      input: { title: "NPS {{ feedback.score }}", body: text.comment, contactEmail: text.email },
    },
  );
