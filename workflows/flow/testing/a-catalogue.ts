import type { ActionSpec, Catalogue, FieldSpec } from "../catalogue.js";
import { connectorOfAction } from "../action-name.js";
import { baseFields } from "../fields.js";

const required =
  (...names: string[]): ActionSpec["check"] =>
  (input) =>
    names
      .filter((name) => input[name] === undefined || input[name] === "")
      .map((field) => ({ field, message: "This is needed." }));

const clearText = { type: "string", dataClass: "clear" } as const;

export function anAction(ref: string, rest: Partial<ActionSpec> = {}): ActionSpec {
  return {
    ref,
    title: ref,
    sentence: `Do ${ref}`,
    connector: connectorOfAction(ref),
    needsConnection: true,
    templateFields: [],
    output: {},
    schemaHash: `hash of ${ref}`,
    check: () => [],
    ...rest,
  };
}

const actions: readonly ActionSpec[] = [
  anAction("slack.postMessage@1", {
    sentence: "Post to {channel}: {text}",
    templateFields: ["text"],
    masks: ["text"],
    output: { ts: { title: "Message id", ...clearText }, channel: { title: "Channel id", ...clearText } },
    check: required("channel", "text"),
  }),
  anAction("slack.approvalCard@1", {
    output: { ts: { title: "Message id", ...clearText }, channel: { title: "Channel id", ...clearText } },
  }),
  anAction("slack.approvalDecision@1"),
  anAction("jira.createIssue@1", {
    sentence: "Create a {issueType} in {project}: {summary}",
    templateFields: ["summary", "description"],
    output: { key: { title: "Issue key", ...clearText } },
    check: required("project", "summary"),
  }),
  anAction("salesforce.createTask@1", {
    templateFields: ["subject", "description", "contactEmail", "phone"],
    output: { id: { title: "Record id", ...clearText } },
    check: required("subject"),
  }),
  anAction("salesforce.createNote@1", {
    templateFields: ["title", "body", "contactEmail"],
    output: { id: { title: "Record id", ...clearText } },
    check: required("title", "body"),
  }),
  anAction("http.request@1", {
    needsConnection: false,
    templateFields: ["url", "headers", "body"],
    honoursKey: "idempotencyHonoured",
    check: required("url"),
  }),
];

export function aCatalogue({ fields = baseFields }: { readonly fields?: readonly FieldSpec[] } = {}): Catalogue {
  const byRef = new Map(actions.map((action) => [action.ref, action]));
  return {
    action: (ref) => byRef.get(ref),
    connectorOf: (connectionId) => connectionId.split("-", 1)[0],
    fields,
  };
}

export const connections = { slack: "slack-1", jira: "jira-1", salesforce: "salesforce-1" } as const;
export const sourceIds = ["survey"] as const;
