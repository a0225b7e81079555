import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { createJira } from "./index.js";
import { asGuest, newIssue, rawJira, type RawJira } from "./testing/raw-jira.js";

let served: Served;
let jira: RawJira;

beforeEach(async () => {
  served = await serveInMemory(createJira);
  jira = rawJira(served.url);
});
afterEach(() => served.close());

const search = async (jql: string, more: object = {}) => jira("POST", "/rest/api/3/search/jql", { jql, ...more });
const keysOf = async (jql: string) => {
  const { body } = await search(jql, { fields: ["summary"] });
  return body.issues.map(({ key }) => key);
};
const label = (name: string) => jira("POST", "/rest/api/3/issue", newIssue({ labels: [name] }));

describe("the search index", () => {
  it("sees a new issue only after the lag, while the issue itself can be read at once", async () => {
    const { body } = await label("lw-x");
    expect((await search('labels = "lw-x"')).body).toEqual({ issues: [], isLast: true });
    expect((await jira("GET", `/rest/api/3/issue/${body.key}`)).status).toBe(200);
    await served.world.advance(2_000);
    expect((await search('labels = "lw-x"')).body).toEqual({ issues: [{ id: body.id }], isLast: true });
  });

  it("lags as long as the standing fault says, and catches up when it is lifted", async () => {
    served.world.setFault("jira", "index_lag", { ms: 100_000 });
    await label("lw-x");
    await served.world.advance(99_999);
    expect((await search("labels = lw-x")).body.issues).toEqual([]);
    served.world.setFault("jira", "index_lag", undefined);
    expect((await search("labels = lw-x")).body.issues).toHaveLength(1);
  });

  it("still finds an issue under its old label until the index has seen the edit", async () => {
    const { body } = await label("before");
    await served.world.advance(2_000);
    await jira("PUT", `/rest/api/3/issue/${body.key}`, { fields: { labels: ["after"] } });
    expect((await search("labels = before")).body.issues).toHaveLength(1);
    await served.world.advance(2_000);
    expect((await search("labels = before")).body.issues).toHaveLength(0);
    expect((await search("labels = after")).body.issues).toHaveLength(1);
  });

  it("searches the present state of the ids in reconcileIssues, at most 50", async () => {
    const { body } = await label("lw-x");
    expect((await search("labels = lw-x", { reconcileIssues: [Number(body.id)] })).body.issues).toHaveLength(1);
    const many = Array.from({ length: 51 }, (_, index) => index);
    expect((await search("labels = lw-x", { reconcileIssues: many })).status).toBe(400);
  });

  it("survives a restart with what it had not yet shown", async () => {
    await label("lw-x");
    const again = await serveInMemory(createJira, served.world.snapshot());
    const restarted = rawJira(again.url);
    const find = async () => (await restarted("POST", "/rest/api/3/search/jql", { jql: "labels = lw-x" })).body.issues;
    expect(await find()).toEqual([]);
    await again.world.advance(2_000);
    expect(await find()).toHaveLength(1);
    await again.close();
  });
});

describe("pages", () => {
  it("go by nextPageToken, without totals, and refuse a token of another search", async () => {
    for (let count = 0; count < 5; count += 1) await label("page");
    await served.world.advance(2_000);
    const first = (await search("labels = page ORDER BY created ASC", { maxResults: 3 })).body;
    expect(Object.keys(first).sort()).toEqual(["isLast", "issues", "nextPageToken"]);
    const rest = (
      await search("labels = page ORDER BY created ASC", { maxResults: 3, nextPageToken: first.nextPageToken })
    ).body;
    expect(rest).toMatchObject({ isLast: true, issues: [{}, {}] });
    expect(rest).not.toHaveProperty("nextPageToken");
    const ids = [...first.issues, ...rest.issues].map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect((await search("labels = other", { nextPageToken: first.nextPageToken })).status).toBe(400);
    expect((await search("labels = page", { nextPageToken: "junk" })).status).toBe(400);
  });

  it("carry only the fields and properties that were asked for", async () => {
    await served.world.advance(2_000);
    const { body } = await jira("GET", "/rest/api/3/search/jql?jql=project%3DSUP&fields=summary,status&maxResults=1");
    expect(Object.keys(body.issues[0]?.fields ?? {}).sort()).toEqual(["status", "summary"]);
    expect(body.issues[0]?.key).toMatch(/^SUP-/);
  });
});

describe("JQL", () => {
  beforeEach(() => served.world.advance(2_000));

  it("finds by project, status, type, priority, assignee and time, joined by AND", async () => {
    expect(await keysOf("project = SUP ORDER BY key ASC")).toEqual(["SUP-1", "SUP-2"]);
    expect(await keysOf('project in (SUP, RND) AND status = "In Progress" ORDER BY key')).toEqual(["RND-2", "SUP-2"]);
    expect(await keysOf("project = RND and issuetype = Bug and priority = High")).toEqual(["RND-1"]);
    expect(await keysOf('assignee = "712020:00000000-0000-4000-8000-000000000004"')).toEqual(["SUP-2", "SUP-1"]);
    expect(await keysOf("project = SUP AND created >= -60h")).toEqual(["SUP-2"]);
    expect(await keysOf("key in (RND-1, SUP-1) ORDER BY key DESC")).toEqual(["SUP-1", "RND-1"]);
    expect(await keysOf("labels != billing AND project != RND")).toEqual(["SUP-2"]);
    expect(await keysOf('status not in (Done, "To Do") AND project = SUP')).toEqual(["SUP-2"]);
  });

  it.each([
    ["", "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."],
    ["ORDER BY created", "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."],
    ["wobble = 1", "Field 'wobble' does not exist or you do not have permission to view it."],
    ["project = NOPE", "The value 'NOPE' does not exist for the field 'project'."],
    ["status = Parked", "The value 'Parked' does not exist for the field 'status'."],
    ["key = SUP-999", "An issue with key 'SUP-999' does not exist for field 'key'."],
    ["labels ~ x", "The operator '~' is not supported by the 'labels' field."],
    ["labels > x", "The operator '>' is not supported by the 'labels' field."],
    ["created >= yesterday", "Date value 'yesterday' for field 'created' is invalid."],
    ["project SUP", "Error in the JQL Query: Expecting operator but got 'SUP'."],
    ["project = SUP labels = x", "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'labels'."],
    ["project in (SUP", "Error in the JQL Query: Expecting ')' or ',' but got ''."],
    ['labels = "open', "Error in the JQL Query: The quoted string 'open' has not been completed."],
    ["project = SUP OR project = RND", "The sandbox's JQL does not support OR in JQL."],
    ["assignee is EMPTY", "The sandbox's JQL does not support the operator is."],
    ["summary = x", "The sandbox's JQL does not support the field summary."],
  ])("refuses %j", async (jql, message) => {
    const reply = await search(jql);
    expect(reply.status).toBe(400);
    expect(reply.body.errors).toEqual({});
    expect(reply.body.errorMessages[0]?.startsWith(message)).toBe(true);
  });

  it("shows a guest nothing of a project they may not see", async () => {
    const { body } = await asGuest(served.url)("POST", "/rest/api/3/search/jql", { jql: "project = RND" });
    expect(body.issues).toEqual([]);
  });
});
