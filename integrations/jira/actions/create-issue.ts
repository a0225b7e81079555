import { z } from "zod";
import { defineAction, type Call, type Found, type LookUp, type Sent } from "../../connector.js";
import { ConnectorError } from "../../outcome.js";
import { markdownToAdf } from "../adf.js";
import { createdIssueSchema, foundIssuesSchema, understood } from "../answers.js";
import { openJira } from "../client.js";
import { browseUrl, type JiraConfig, type JiraSecret } from "../config.js";
import { eraseIssue } from "../erase.js";
import { labelOf, propertyOf } from "../mark.js";

const template = z.string().meta({ template: true });

const inputSchema = z.object({
  project: z.string().min(1).meta({ title: "Project", options: "projects" }),
  issueType: z.string().min(1).meta({ title: "Issue type", options: "issueTypes" }),
  summary: template.min(1).meta({ title: "Summary", template: true, description: "One line, at most 255 characters" }),
  description: template.default("").meta({
    title: "Description",
    template: true,
    multiline: true,
    description: "Headings, lists, quotes, **bold**, *italic*, `code` and [links](https://…) are kept",
  }),
  priority: z.string().optional().meta({ title: "Priority", options: "priorities" }),
  assignee: z.string().optional().meta({ title: "Assignee", options: "assignees", advanced: true }),
  labels: z.array(template).default([]).meta({ title: "Labels", template: true, advanced: true }),
  fields: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), z.unknown())
    .optional()
    .meta({
      title: "More fields",
      description:
        'Values by field id, as Jira expects them, for fields that the project requires: {"customfield_10010": "EU"}',
      template: true,
      advanced: true,
    }),
});

type Input = z.infer<typeof inputSchema>;

const SUMMARY_LONGEST = 255;
const LABEL_LONGEST = 255;
const MORE_THAN_EVER_DOUBLED = 10;
const DAY_MS = 86_400_000;

/** Jira names things by id or by name; ids are digits. */
const named = (value: string) => (/^\d+$/.test(value) ? { id: value } : { name: value });
const project = (value: string) => (/^\d+$/.test(value) ? { id: value } : { key: value });

/**
 * POST /rest/api/3/issue. Jira knows no idempotency key for it, so the issue carries a label that a search can find.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post
 */
async function send(input: Input, call: Call<JiraConfig, JiraSecret>): Promise<Sent> {
  const request = issueRequest(input, call.key);
  const answer = await openJira(call).addNewIssue(request);
  return sent(understood(createdIssueSchema, answer, { writes: true }), call.connection.config);
}

function issueRequest(input: Input, key: string): object {
  const fields = {
    ...input.fields,
    project: project(input.project),
    issuetype: named(input.issueType),
    summary: summaryOf(input.summary),
    ...(input.description.trim() !== "" && { description: markdownToAdf(input.description) }),
    ...(input.priority && { priority: named(input.priority) }),
    ...(input.assignee && { assignee: { accountId: input.assignee } }),
    labels: [...new Set([...input.labels.map(asLabel).filter((label) => label !== ""), labelOf(key)])],
  };
  return { fields, properties: [propertyOf(key)] };
}

function summaryOf(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line !== "") return line.length > SUMMARY_LONGEST ? `${line.slice(0, SUMMARY_LONGEST - 1)}…` : line;
  const message = "the summary is empty once its fields are filled in";
  throw new ConnectorError({ outcome: "REJECTED", code: "summary_empty", message, fields: { summary: message } });
}

// A label may not hold a blank.
const asLabel = (text: string): string => text.trim().replace(/\s+/g, "-").slice(0, LABEL_LONGEST);

/** The search index lags by seconds to minutes, so finding nothing proves nothing. */
async function find(input: Input, lookUp: LookUp<JiraConfig, JiraSecret>): Promise<Found> {
  const answer = await openJira(lookUp).searchJql({
    jql: markedIssues(input.project, lookUp.key, lookUp.since),
    fields: ["created"],
    maxResults: MORE_THAN_EVER_DOUBLED,
  });
  const { issues } = understood(foundIssuesSchema, answer, { writes: false });
  const [first, ...others] = issues.toSorted((a, b) => Number(a.id) - Number(b.id));
  if (!first)
    return { kind: "inconclusive", reason: "The search index of Jira does not show the issue, which may be its delay" };
  const doubled = others.map(({ key }) => key);
  return {
    kind: "found",
    sent: sent(first, lookUp.connection.config, others),
    ...(doubled.length > 0 && { doubled }),
  };
}

/** JQL reads a date in the account's own time zone, so the bound is a whole day early; the label alone decides. */
function markedIssues(projectKey: string, key: string, since: Date): string {
  const day = new Date(since.getTime() - DAY_MS).toISOString().slice(0, 10);
  return `labels = ${quoted(labelOf(key))} AND project = ${quoted(projectKey)} AND created >= ${quoted(day)} ORDER BY created ASC`;
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&").replace(/[\r\n]/g, " ")}"`;

interface Issue {
  readonly id: string;
  readonly key: string;
}

function sent(issue: Issue, config: JiraConfig, others: readonly Issue[] = []): Sent {
  const url = browseUrl(config, issue.key);
  return {
    externalId: issue.key,
    url,
    output: { key: issue.key, id: issue.id, url, alsoCreated: others.map(({ key }) => key).join(", ") },
  };
}

export const createIssue = defineAction<Input, JiraConfig, JiraSecret>({
  name: "jira.createIssue",
  major: 1,
  title: "Create Jira issue",
  sentence: "Create a {issueType} in {project}: {summary}",
  input: inputSchema,
  output: {
    key: { title: "Issue key", type: "string", dataClass: "clear", sample: "ABC-123" },
    id: { title: "Issue id", type: "string", dataClass: "clear" },
    url: { title: "Link", type: "string", dataClass: "clear", sample: "https://jira.example/browse/ABC-123" },
    alsoCreated: { title: "Doubled issues", type: "string", dataClass: "clear", sample: "" },
  },
  masks: ["summary", "description"],
  deadlineMs: 20_000,
  exactlyOnce: "looked-up",
  doubt: { windowMs: 180_000, waitsMs: [5_000, 15_000, 30_000, 60_000, 60_000] },
  // By then the search index shows what it did not show in time.
  doubles: {
    afterMs: 300_000,
    markWith: "jira.markDuplicate@1",
    requestFor: ({ kept, younger }) => ({ issue: younger, duplicates: kept }),
  },
  send,
  find,
  erase: eraseIssue,
});
