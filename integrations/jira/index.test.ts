import { describe, expect, it } from "vitest";
import { jiraConnector } from "./index.js";
import { connectionTo } from "./testing/call.js";
import { json, useFakes, type FakeServer, type Respond } from "../testing/fake-server.js";

let server: FakeServer;
const start = useFakes();
const routes = async (table: Readonly<Record<string, unknown>>) => {
  const respond: Respond = (request, response) => {
    const path = new URL(request.url, "http://x").pathname.replace("/rest/api/3", "");
    json(path in table ? 200 : 501, table[path] ?? {})(request, response);
  };
  server = await start(respond);
};

const signal = new AbortController().signal;
const ask = (query: string, values: Record<string, unknown> = {}) => ({ query, values, signal });
const load = (name: string, query = "", values = {}) =>
  jiraConnector.options[name]!(connectionTo(server), ask(query, values));

describe("checking a connection", () => {
  const myself = { accountId: "acc-1", displayName: "Ada", emailAddress: "ada@acme.example" };

  it("says as whom, to where, what it sees, and what it cannot know", async () => {
    await routes({ "/myself": myself, "/project/search": { values: [], total: 3 } });
    const check = await jiraConnector.check(connectionTo(server), signal);
    expect(check).toMatchObject({ account: "Ada (ada@acme.example)", target: server.host });
    expect(check.facts).toEqual({ accountId: "acc-1", projectsVisible: 3, webhook: false });
    const messages = check.notes.map(({ message }) => message).join("\n");
    expect(messages).toContain("3 projects are visible");
    expect(messages).toContain("when an API token expires");
    expect(check.notes[0]!.level).toBe("warning");
  });

  it("warns first when no project is visible", async () => {
    await routes({ "/myself": myself, "/project/search": { values: [], total: 0 } });
    const check = await jiraConnector.check(connectionTo(server), signal);
    expect(check.notes[0]!.message).toContain("sees no project");
  });
});

describe("pickers", () => {
  it("offers projects by key", async () => {
    await routes({ "/project/search": { values: [{ id: "1", key: "SUP", name: "Support" }], total: 1 } });
    expect(await load("projects", "sup")).toEqual([{ value: "SUP", label: "Support", hint: "SUP" }]);
    expect(server.received[0]!.url).toContain("query=sup");
  });

  it("offers the chosen project's issue types without subtasks, and nothing before a project is chosen", async () => {
    const issueTypes = [
      { id: "1", name: "Bug" },
      { id: "2", name: "Sub-task", subtask: true },
      { id: "3", name: "Task", description: "Work" },
    ];
    await routes({ "/issue/createmeta/SUP/issuetypes": { issueTypes } });
    expect(await load("issueTypes", "", { project: "SUP" })).toEqual([
      { value: "Bug", id: "1", label: "Bug" },
      { value: "Task", id: "3", label: "Task", hint: "Work" },
    ]);
    expect(await load("issueTypes", "", { project: "{{ x }}" })).toEqual([]);
  });

  it("offers what is named by digits, or as another is, by its id", async () => {
    const issueTypes = ["Bug", "Bug", "404"].map((name, index) => ({ id: String(index), name }));
    await routes({ "/issue/createmeta/SUP/issuetypes": { issueTypes } });
    const values = (await load("issueTypes", "", { project: "SUP" })).map(({ value }) => value);
    expect(values).toEqual(["0", "1", "2"]);
  });

  it("filters priorities by name", async () => {
    await routes({
      "/priority/search": {
        values: [
          { id: "1", name: "High" },
          { id: "2", name: "Low" },
        ],
      },
    });
    expect(await load("priorities", "lo")).toEqual([{ value: "Low", id: "2", label: "Low" }]);
  });

  it("offers active people who can be assigned in the project", async () => {
    const people = [
      { accountId: "a", displayName: "Ada", active: true },
      { accountId: "b", displayName: "Bob", active: false },
    ];
    await routes({ "/user/assignable/search": people, "/user/search": people });
    expect(await load("assignees", "a", { project: "SUP" })).toEqual([{ value: "a", label: "Ada" }]);
    expect(await load("assignees", "a")).toEqual([{ value: "a", label: "Ada" }]);
  });
});

describe("the configuration", () => {
  it("keeps the facts that travel with it", () => {
    const config = { site: "https://acme.atlassian.net", email: "a@acme.example", facts: { accountId: "x" } };
    expect(jiraConnector.config.parse(config)).toEqual(config);
    expect(jiraConnector.hosts(config)).toEqual(["acme.atlassian.net"]);
  });

  it("allows only the gateway's host for scoped tokens", () => {
    const config = {
      site: "https://acme.atlassian.net",
      email: "a@acme.example",
      apiBase: "https://api.atlassian.com/ex/jira/c1",
    };
    expect(jiraConnector.hosts(config)).toEqual(["api.atlassian.com"]);
  });

  it("refuses plain http to a public host", () => {
    const config = { site: "http://acme.atlassian.net", email: "a@acme.example" };
    expect(jiraConnector.config.safeParse(config).success).toBe(false);
  });
});
