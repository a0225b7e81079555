import { z } from "zod";
import { defineAction, type Call, type Found, type LookUp, type Sent } from "../../connector.js";
import { ConnectorError } from "../../outcome.js";
import { markdownToAdf } from "../adf.js";
import { commentPageSchema, commentSchema, understood } from "../answers.js";
import { openJira } from "../client.js";
import { browseUrl, type JiraConfig, type JiraSecret } from "../config.js";
import { eraseComment } from "../erase.js";
import { issueKeyOf, requireIssueKey } from "../issue-key.js";
import { carriesKey, propertyOf } from "../mark.js";
import type { JiraPort } from "../port.js";

const inputSchema = z.object({
  issue: z
    .string()
    .min(1)
    .meta({ title: "Issue", template: true, description: "A key such as SUP-12, or a link to the issue" }),
  body: z.string().min(1).meta({ title: "Comment", template: true, multiline: true }),
});

type Input = z.infer<typeof inputSchema>;

const PAGE = 100;
const MOST_PAGES = 10;

/**
 * POST /rest/api/3/issue/{key}/comment with the key as a comment property.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-post
 */
async function send(input: Input, call: Call<JiraConfig, JiraSecret>): Promise<Sent> {
  const issue = requireIssueKey(input.issue);
  const comment = { body: markdownToAdf(input.body), properties: [propertyOf(call.key)] };
  const answer = await openJira(call).addCommentAdvanced(issue, comment);
  return sentComment(issue, understood(commentSchema, answer, { writes: true }).id, call.connection.config);
}

/** Reads the issue itself, not the search index, so a complete empty reading is proof. */
const find = (input: Input, lookUp: LookUp<JiraConfig, JiraSecret>): Promise<Found> =>
  findComment(requireIssueKey(input.issue), lookUp);

export async function findComment(issue: string, lookUp: LookUp<JiraConfig, JiraSecret>): Promise<Found> {
  try {
    return await searchComments(openJira(lookUp), issue, lookUp);
  } catch (error) {
    if (error instanceof ConnectorError && error.outcome === "REJECTED")
      return { kind: "inconclusive", reason: `The comments of ${issue} cannot be read (${error.code})` };
    throw error;
  }
}

async function searchComments(jira: JiraPort, issue: string, lookUp: LookUp<JiraConfig, JiraSecret>): Promise<Found> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { orderBy: "-created", expand: "properties", startAt: page * PAGE, maxResults: PAGE };
    const answer = await jira.read(`/issue/${issue}/comment`, query);
    const { comments, total } = understood(commentPageSchema, answer, { writes: false });
    const mine = comments.find((comment) => carriesKey(comment.properties, lookUp.key));
    if (mine) return { kind: "found", sent: sentComment(issue, mine.id, lookUp.connection.config) };
    const pastBound = comments.some((comment) => Date.parse(comment.created) < lookUp.since.getTime());
    if (pastBound || comments.length === 0 || page * PAGE + comments.length >= total) return { kind: "absent" };
  }
  return { kind: "inconclusive", reason: `${issue} has more than ${PAGE * MOST_PAGES} newer comments` };
}

export function sentComment(issue: string, id: string, config: JiraConfig): Sent {
  const url = `${browseUrl(config, issue)}?focusedCommentId=${id}`;
  return { externalId: `${issue}/${id}`, url, output: { id, issue, url } };
}

export const commentIssue = defineAction<Input, JiraConfig, JiraSecret>({
  name: "jira.commentIssue",
  major: 1,
  title: "Comment on Jira issue",
  sentence: "Comment on {issue}: {body}",
  input: inputSchema,
  output: {
    id: { title: "Comment id", type: "string", dataClass: "clear" },
    issue: { title: "Issue key", type: "string", dataClass: "clear" },
    url: { title: "Link", type: "string", dataClass: "clear" },
  },
  masks: ["body"],
  deadlineMs: 20_000,
  exactlyOnce: "looked-up",
  doubt: { windowMs: 60_000, waitsMs: [5_000, 15_000, 40_000] },
  scopes: (input) => {
    const key = issueKeyOf(input.issue);
    return key === null ? [] : [`issue:${key}`];
  },
  send,
  find,
  erase: eraseComment,
});
