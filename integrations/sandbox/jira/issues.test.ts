import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { createJira } from "./index.js";
import { adf, newIssue, rawJira, type RawJira } from "./testing/raw-jira.js";

let served: Served;
let jira: RawJira;

beforeAll(async () => {
  served = await serveInMemory(createJira);
  jira = rawJira(served.url);
});
afterAll(() => served.close());

const create = async (fields: object = {}, more: object = {}) =>
  (await jira("POST", "/rest/api/3/issue", { ...newIssue(fields), ...more })).body;

const containing = (text: string): unknown => expect.stringContaining(text);

describe("creating an issue", () => {
  it("answers 201 with id, key and self alone, and numbers the keys of each project", async () => {
    const first = await jira("POST", "/rest/api/3/issue", newIssue());
    const second = await create();
    expect(first.status).toBe(201);
    expect(Object.keys(first.body)).toEqual(["id", "key", "self"]);
    expect(first.body.key).toMatch(/^SUP-\d+$/);
    expect(Number(second.key.slice(4))).toBe(Number(first.body.key.slice(4)) + 1);
    expect(first.body.self).toBe(`${served.url}/rest/api/3/issue/${first.body.id}`);
  });

  it.each([
    [{ project: undefined }, { project: "Specify a valid project ID or key" }],
    [{ project: { key: "NOPE" } }, { project: "Specify a valid project ID or key" }],
    [{ issuetype: { name: "Incident" } }, { issuetype: "Specify a valid issue type" }],
    [{ summary: "" }, { summary: "You must specify a summary of the issue." }],
    [{ summary: "a\nb" }, { summary: "The summary is invalid because it contains newline characters." }],
    [{ summary: "x".repeat(256) }, { summary: "Summary must be less than 255 characters." }],
    [
      { description: "plain" },
      { description: "Operation value must be an Atlassian Document (see the Atlassian Document Format)" },
    ],
    [
      { description: { type: "doc", version: 1, content: [{ type: "nonsense" }] } },
      { description: containing("Atlassian Document") },
    ],
    [{ labels: ["two words"] }, { labels: "The label 'two words' contains spaces which is invalid." }],
    [{ labels: "one" }, { labels: "data was not an array" }],
    [{ priority: { name: "Urgent" } }, { priority: "The priority selected is invalid." }],
    [{ assignee: { accountId: "nobody" } }, { assignee: "User 'nobody' does not exist." }],
    [{ duedate: "tomorrow" }, { duedate: 'Error parsing date string: "tomorrow"' }],
    [{ customfield_10030: "nine" }, { customfield_10030: "Operation value must be a number" }],
    [
      { customfield_99999: 1 },
      {
        customfield_99999: "Field 'customfield_99999' cannot be set. It is not on the appropriate screen, or unknown.",
      },
    ],
    [{ customfield_10041: { value: "Major" } }, { customfield_10041: containing("not on the appropriate screen") }],
  ])("refuses %j with the field's own message", async (fields, errors) => {
    const reply = await jira("POST", "/rest/api/3/issue", newIssue(fields));
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({ errorMessages: [], errors });
  });

  it("reports every wrong field at once, with a required custom field that is missing", async () => {
    const story = { project: { key: "RND" }, issuetype: { name: "Story" }, labels: ["a b"] };
    const reply = await jira("POST", "/rest/api/3/issue", newIssue(story));
    expect(Object.keys(reply.body.errors).sort()).toEqual(["customfield_10040", "labels"]);
    expect(reply.body.errors["customfield_10040"]).toBe("Acceptance criteria is required.");
  });

  it("takes text for the description in version 2 and shows it as a document in version 3", async () => {
    const { body } = await jira("POST", "/rest/api/2/issue", newIssue({ description: "First\n\nSecond" }));
    const two = await jira("GET", `/rest/api/2/issue/${body.key}`);
    const three = await jira("GET", `/rest/api/3/issue/${body.key}`);
    expect(two.body.fields.description).toBe("First\n\nSecond");
    expect(three.body.fields.description).toMatchObject({ type: "doc", content: [{}, {}] });
  });

  it("registers the effect by property, or by label where there is no property", async () => {
    const withProperty = await create(
      { labels: ["lw-abc"] },
      { properties: [{ key: "loopwright", value: { k: "lw_prop" } }] },
    );
    const withLabel = await create({ labels: ["lw-def"] });
    expect(served.world.effects.slice(-2)).toEqual([
      { system: "jira", key: "lw_prop", externalId: withProperty.key, url: `${served.url}/browse/${withProperty.key}` },
      { system: "jira", key: "lw_def", externalId: withLabel.key, url: `${served.url}/browse/${withLabel.key}` },
    ]);
  });

  it("refuses a body that is not JSON, and one of another type", async () => {
    expect((await jira("POST", "/rest/api/3/issue", "{")).body.errorMessages[0]).toContain("parsing JSON");
    const form = await fetch(`${served.url}/rest/api/3/issue`, {
      method: "POST",
      body: "a=b",
      headers: authorization(),
    });
    expect(form.status).toBe(415);
  });
});

const authorization = () => ({
  Authorization: `Basic ${Buffer.from("loopwright@northwind.example:sandbox-jira-api-token-0001").toString("base64")}`,
});

describe("editing and moving", () => {
  it("edits with 204, adds and removes labels, and deletes", async () => {
    const { key } = await create({ labels: ["kept", "gone"], description: adf("old") });
    const update = { labels: [{ add: "new" }, { remove: "gone" }] };
    const edit = await jira("PUT", `/rest/api/3/issue/${key}`, {
      fields: { priority: { id: "1" }, description: null },
      update,
    });
    expect(edit).toMatchObject({ status: 204, text: "" });
    const { fields } = (await jira("GET", `/rest/api/3/issue/${key}?fields=labels,priority,description`)).body;
    expect(Object.keys(fields).sort()).toEqual(["description", "labels", "priority"]);
    expect(fields).toMatchObject({ labels: ["kept", "new"], priority: { name: "Highest" }, description: null });
    expect((await jira("DELETE", `/rest/api/3/issue/${key}`)).status).toBe(204);
    expect((await jira("GET", `/rest/api/3/issue/${key}`)).status).toBe(404);
  });

  it("offers the transitions of the present status only, and refuses another", async () => {
    const { key } = await create();
    const offered = async () =>
      (await jira("GET", `/rest/api/3/issue/${key}/transitions`)).body.transitions.map(({ id }) => id);
    expect(await offered()).toEqual(["21", "31"]);
    const done = await jira("POST", `/rest/api/3/issue/${key}/transitions`, { transition: { id: "31" } });
    expect(done.status).toBe(204);
    expect(await offered()).toEqual(["11", "21"]);
    const stale = await jira("POST", `/rest/api/3/issue/${key}/transitions`, { transition: { id: "31" } });
    expect(stale).toMatchObject({
      status: 400,
      body: { errorMessages: ["Transition id '31' is not valid for this issue."] },
    });
    const { fields } = (await jira("GET", `/rest/api/3/issue/${key}`)).body;
    expect(fields).toMatchObject({
      status: { name: "Done", statusCategory: { key: "done" } },
      resolution: { name: "Done" },
    });
  });

  it("links once however often it is asked, yet adds the comment each time", async () => {
    const [one, two] = [await create(), await create()];
    const link = {
      type: { name: "Duplicate" },
      inwardIssue: { key: one.key },
      outwardIssue: { key: two.key },
      comment: { body: adf("same") },
    };
    const first = await jira("POST", "/rest/api/3/issueLink", link);
    expect(first).toMatchObject({ status: 201, text: "" });
    await jira("POST", "/rest/api/3/issueLink", link);
    const { fields } = (await jira("GET", `/rest/api/3/issue/${one.key}?fields=issuelinks,comment`)).body;
    expect(fields.issuelinks).toHaveLength(1);
    expect(fields.issuelinks[0]?.outwardIssue.key).toBe(two.key);
    expect(fields.comment.comments).toHaveLength(2);
    const unknown = await jira("POST", "/rest/api/3/issueLink", { ...link, type: { name: "Nope" } });
    expect(unknown.status).toBe(404);
  });

  it("creates a remote link once per globalId and updates it after", async () => {
    const { key } = await create();
    const remote = (title: string) =>
      jira("POST", `/rest/api/3/issue/${key}/remotelink`, {
        globalId: "lw:1",
        object: { url: "https://x.example", title },
      });
    const [first, second] = [await remote("One"), await remote("Two")];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.id).toBe(first.body.id);
    const all = await jira("GET", `/rest/api/3/issue/${key}/remotelink`);
    expect(all.body).toMatchObject([{ globalId: "lw:1", object: { title: "Two" } }]);
  });
});

describe("comments", () => {
  it("lists newest first on request and shows properties when expanded, at once", async () => {
    const { key } = await create();
    const path = `/rest/api/3/issue/${key}/comment`;
    await jira("POST", path, { body: adf("first") });
    const second = await jira("POST", path, {
      body: adf("second"),
      properties: [{ key: "loopwright", value: { k: "lw_c1" } }],
    });
    expect(second.status).toBe(201);
    const list = (await jira("GET", `${path}?orderBy=-created&expand=properties`)).body;
    expect(list).toMatchObject({ startAt: 0, maxResults: 100, total: 2 });
    expect(list.comments[0]?.properties).toEqual([{ key: "loopwright", value: { k: "lw_c1" } }]);
    expect((await jira("GET", path)).body.comments[0]).not.toHaveProperty("properties");
    expect(served.world.effects.at(-1)).toMatchObject({ key: "lw_c1", externalId: `${key}/${second.body.id}` });
    const property = await jira("GET", `/rest/api/3/comment/${second.body.id}/properties/loopwright`);
    expect(property.body).toEqual({ key: "loopwright", value: { k: "lw_c1" } });
  });

  it.each([
    [3, "", "Comment body can not be empty!"],
    [3, "plain", "Comment body is not valid!"],
    [2, { type: "doc" }, "Comment body is not valid!"],
    [2, "x".repeat(32_768), "The entered text is too long. It exceeds the allowed limit of 32,767 characters."],
  ])("version %s refuses a wrong body", async (version, body, message) => {
    const { key } = await create();
    const reply = await jira("POST", `/rest/api/${version}/issue/${key}/comment`, { body });
    expect(reply).toMatchObject({ status: 400, body: { errors: { comment: message } } });
  });

  it("answers 413 once an issue holds as many comments as Jira allows", async () => {
    const { id, key } = await create();
    await jira("POST", `/rest/api/2/issue/${key}/comment`, { body: "one" });
    const issues = served.world.collection<{ comments: object[] }>("jira", "issues");
    const row = issues.get(id)!;
    issues.put(id, { ...row, comments: Array.from({ length: 5_000 }, () => row.comments[0]!) });
    const reply = await jira("POST", `/rest/api/2/issue/${key}/comment`, { body: "one too many" });
    expect(reply.status).toBe(413);
    issues.delete(id);
  });
});
