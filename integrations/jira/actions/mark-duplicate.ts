import { z } from "zod";
import { defineAction, type Call, type Sent } from "../../connector.js";
import { markdownToAdf } from "../adf.js";
import { commentSchema, understood } from "../answers.js";
import { openJira } from "../client.js";
import type { JiraConfig, JiraSecret } from "../config.js";
import { issueKeyOf, requireIssueKey } from "../issue-key.js";
import { propertyOf } from "../mark.js";
import { findComment, sentComment } from "./comment-issue.js";

const inputSchema = z.object({
  issue: z.string().min(1).meta({ title: "Issue" }),
  duplicates: z.string().min(1).meta({ title: "The issue it repeats" }),
});

type Input = z.infer<typeof inputSchema>;

const LABEL = "loopwright-duplicate";

/**
 * Label and link may be written any number of times and stand there once; the comment carries the key and comes last, so finding it
 * proves all three. The link request holds no comment: Jira would add that again with every repeat.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-links/#api-rest-api-3-issuelink-post
 */
async function send(input: Input, call: Call<JiraConfig, JiraSecret>): Promise<Sent> {
  const [younger, kept] = [requireIssueKey(input.issue), requireIssueKey(input.duplicates)];
  const jira = openJira(call);
  await jira.updateIssue(younger, { update: { labels: [{ add: LABEL }] } });
  // "The inward issue duplicates the outward issue."
  await jira.issueLink({ type: { name: "Duplicate" }, inwardIssue: { key: younger }, outwardIssue: { key: kept } });
  const text = `Loopwright created this issue a second time, because it could not learn whether ${kept} had been created. Go on there, and close this one.`;
  const comment = { body: markdownToAdf(text), properties: [propertyOf(call.key)] };
  const answer = await jira.addCommentAdvanced(younger, comment);
  return sentComment(younger, understood(commentSchema, answer, { writes: true }).id, call.connection.config);
}

/** Tells whoever opens the younger of two issues that one happening made both. */
export const markDuplicate = defineAction<Input, JiraConfig, JiraSecret>({
  name: "jira.markDuplicate",
  major: 1,
  title: "Mark Jira duplicate",
  sentence: "Mark {issue} as a duplicate of {duplicates}",
  input: inputSchema,
  output: { id: { title: "Comment id", type: "string", dataClass: "clear" } },
  deadlineMs: 30_000,
  exactlyOnce: "looked-up",
  doubt: { windowMs: 60_000, waitsMs: [5_000, 15_000, 40_000] },
  internal: true,
  scopes: ({ issue }) => {
    const key = issueKeyOf(issue);
    return key === null ? [] : [`issue:${key}`];
  },
  send,
  find: ({ issue }, lookUp) => findComment(requireIssueKey(issue), lookUp),
});
