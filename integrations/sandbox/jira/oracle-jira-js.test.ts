import { afterAll, beforeAll, expect, it } from "vitest";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { serveSystem } from "../testing/serve-system.js";
import { createJira } from "./index.js";
import { BOT, MEMBERS } from "./people.js";
import { adf } from "./testing/raw-jira.js";

/**
 * jira.js validates every answer against Atlassian's own description of the API. With AUDIT_SCHEMAS=true a wrong type throws
 * SchemaMismatchError and a key or value that is not described is noted. Both must stay at none.
 */
const AUDIT: unique symbol = Symbol.for("apis-code-gen.schemaAudit");

type Cloud = Awaited<ReturnType<typeof connect>>;

async function connect(host: string) {
  process.env["AUDIT_SCHEMAS"] = "true";
  const { createCloudClient } = await import("jira.js/cloud");
  return createCloudClient({
    host,
    auth: { type: "basic", email: BOT.email, apiToken: BOT.token },
    onSchemaMismatch: "throw",
  });
}

const drift = (): readonly unknown[] => (globalThis as { [AUDIT]?: unknown[] })[AUDIT] ?? [];

let served: Served;
let cloud: Cloud;

beforeAll(async () => {
  served = await serveInMemory(createJira);
  cloud = await connect(served.url);
});
afterAll(async () => {
  delete process.env["AUDIT_SCHEMAS"];
  await served.close();
});

it("is awake: an answer with an unknown key is noted, one of a wrong type refused", async () => {
  const answers: object[] = [{ accountId: "a", wobble: 1 }, { accountId: 7 }];
  const handle = () => ({ status: 200, body: answers.shift() ?? {} });
  const strange = await serveSystem({
    name: "jira",
    portOffset: 3,
    operation: () => ({ name: "", writes: false }),
    handle,
    seed: () => undefined,
  });
  const client = await connect(strange.url);
  await client.myself.getCurrentUser();
  expect(drift()).toMatchObject([{ kind: "keys", keys: ["wobble"] }]);
  Reflect.deleteProperty(globalThis, AUDIT);
  await expect(client.myself.getCurrentUser()).rejects.toThrow("did not match the schema");
  await strange.close();
});

const fields = (more: object = {}) => ({
  project: { key: "RND" },
  issuetype: { name: "Bug" },
  summary: "Crash on start",
  ...more,
});
const makeIssue = () => cloud.issues.createIssue({ fields: fields() });

it("accepts what is said of issues, through their whole life", async () => {
  const created = await cloud.issues.createIssue({
    fields: fields({
      description: adf("It crashes"),
      labels: ["lw-a"],
      customfield_10041: { value: "Major" },
      assignee: { accountId: BOT.accountId },
    }),
    properties: [{ key: "loopwright", value: { k: "lw_a" } }],
  });
  const other = await makeIssue();
  const issueIdOrKey = created.key;
  await cloud.issues.editIssue({ issueIdOrKey, fields: { priority: { name: "High" } } });
  await cloud.issues.assignIssue({ issueIdOrKey, accountId: BOT.accountId });
  const { transitions } = await cloud.issues.getTransitions({ issueIdOrKey });
  await cloud.issues.doTransition({ issueIdOrKey, transition: { id: transitions?.[0]?.id ?? "" } });
  await cloud.issueLinks.linkIssues({
    type: { name: "Relates" },
    inwardIssue: { key: created.key },
    outwardIssue: { key: other.key },
  });
  const issue = await cloud.issues.getIssue({ issueIdOrKey, fields: ["*all"], properties: ["*all"] });
  expect(issue.fields).toMatchObject({ priority: { name: "High" } });
  const { issuelinks } = issue.fields as { issuelinks: { id: string }[] };
  const linkId = issuelinks[0]?.id ?? "";
  expect((await cloud.issueLinks.getIssueLink({ linkId })).outwardIssue?.key).toBe(other.key);
  await cloud.issueLinks.deleteIssueLink({ linkId });
  await cloud.issues.deleteIssue({ issueIdOrKey });
  expect(drift()).toEqual([]);
});

it("accepts comments and properties", async () => {
  const { key: issueIdOrKey } = await makeIssue();
  const comment = await cloud.issueComments.addComment({
    issueIdOrKey,
    body: adf("Hello"),
    properties: [{ key: "loopwright", value: { k: "lw_c" } }],
  });
  const id = comment.id ?? "";
  await cloud.issueComments.updateComment({ issueIdOrKey, id, body: { body: adf("Hello again") } });
  const list = await cloud.issueComments.getComments({
    issueIdOrKey,
    orderBy: "-created",
    expand: "properties,renderedBody",
  });
  expect(list.comments?.[0]?.properties).toHaveLength(1);
  expect((await cloud.issueComments.getComment({ issueIdOrKey, id })).author?.accountId).toBe(BOT.accountId);
  await cloud.issueCommentProperties.setCommentProperty({ commentId: id, propertyKey: "more", body: { n: 1 } });
  expect((await cloud.issueCommentProperties.getCommentPropertyKeys({ commentId: id })).keys).toHaveLength(2);
  await cloud.issueCommentProperties.getCommentProperty({ commentId: id, propertyKey: "loopwright" });
  await cloud.issueCommentProperties.deleteCommentProperty({ commentId: id, propertyKey: "more" });
  await cloud.issueProperties.setIssueProperty({ issueIdOrKey, propertyKey: "loopwright", body: { k: "lw_p" } });
  expect((await cloud.issueProperties.getIssuePropertyKeys({ issueIdOrKey })).keys).toHaveLength(1);
  await cloud.issueProperties.getIssueProperty({ issueIdOrKey, propertyKey: "loopwright" });
  await cloud.issueProperties.deleteIssueProperty({ issueIdOrKey, propertyKey: "loopwright" });
  await cloud.issueComments.deleteComment({ issueIdOrKey, id });
  expect(drift()).toEqual([]);
});

it("accepts remote links", async () => {
  const { key: issueIdOrKey } = await makeIssue();
  const object = { url: "https://example.com/run", title: "Run" };
  const { id = 0 } = await cloud.issueRemoteLinks.createOrUpdateRemoteIssueLink({
    issueIdOrKey,
    globalId: "g",
    object,
    relationship: "raised by",
  });
  const linkId = String(id);
  await cloud.issueRemoteLinks.updateRemoteIssueLink({ issueIdOrKey, linkId, object: { ...object, title: "Run 2" } });
  await cloud.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey });
  await cloud.issueRemoteLinks.getRemoteIssueLinkById({ issueIdOrKey, linkId });
  await cloud.issueRemoteLinks.deleteRemoteIssueLinkById({ issueIdOrKey, linkId });
  await cloud.issueRemoteLinks.createOrUpdateRemoteIssueLink({ issueIdOrKey, globalId: "g", object });
  await cloud.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey, globalId: "g" });
  await cloud.issueRemoteLinks.deleteRemoteIssueLinkByGlobalId({ issueIdOrKey, globalId: "g" });
  expect(drift()).toEqual([]);
});

it("accepts searches by either method, page by page", async () => {
  await served.world.advance(2_000);
  const jql = "project in (SUP, RND) ORDER BY created ASC";
  const first = await cloud.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql, maxResults: 2, fields: ["*all"] });
  expect(first.issues).toHaveLength(2);
  await cloud.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql,
    ...(first.nextPageToken && { nextPageToken: first.nextPageToken }),
  });
  const got = await cloud.issueSearch.searchAndReconsileIssuesUsingJql({ jql, fields: ["summary"] });
  expect(got.isLast).toBe(true);
  expect(drift()).toEqual([]);
});

it("accepts the lists: meta, priorities, projects, people, fields, the site itself", async () => {
  const meta = await cloud.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: "RND" });
  const issueTypeId = meta.issueTypes?.find(({ name }) => name === "Story")?.id ?? "";
  const { fields: screen } = await cloud.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: "RND", issueTypeId });
  expect(screen?.filter(({ required }) => required).map(({ fieldId }) => fieldId)).toContain("customfield_10040");
  expect((await cloud.issuePriorities.searchPriorities()).values).toHaveLength(5);
  await cloud.issuePriorities.getPriority({ id: "3" });
  expect((await cloud.projects.searchProjects()).values.map(({ key }) => key)).toEqual(["SUP", "RND"]);
  await cloud.projects.getProject({ projectIdOrKey: "SUP" });
  await cloud.issueFields.getFields();
  expect(await cloud.userSearch.findUsers({ query: "maya" })).toHaveLength(1);
  expect(await cloud.userSearch.findAssignableUsers({ project: "SUP" })).toHaveLength(MEMBERS.length - 1);
  await cloud.users.getUser({ accountId: BOT.accountId });
  expect((await cloud.myself.getCurrentUser()).emailAddress).toBe(BOT.email);
  await cloud.serverInfo.getServerInfo();
  await cloud.issueLinkTypes.getIssueLinkTypes();
  await cloud.workflowStatuses.getStatuses();
  await cloud.issueTypes.getIssueAllTypes();
  expect(drift()).toEqual([]);
});
