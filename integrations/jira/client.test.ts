import { describe, expect, it } from "vitest";
import { createHttpClient } from "../http.js";
import { assertJiraTransport, openJira } from "./client.js";
import { callTo, connectionTo } from "./testing/call.js";
import { json, reset, stalledBody, useFakes, text, type FakeServer, type Respond } from "../testing/fake-server.js";

let server: FakeServer;
const start = useFakes();
const fake = async (respond: Respond) => (server = await start(respond));

const issue = { fields: { summary: "x" } };

describe("every error row of the table", () => {
  const errors = { errorMessages: ["Nope"], errors: { summary: "is required" } };
  it.each([
    [400, "REJECTED", "REJECTED"],
    [401, "AUTH", "AUTH"],
    [403, "REJECTED", "REJECTED"],
    [404, "REJECTED", "REJECTED"],
    [408, "AMBIGUOUS", "TRANSIENT"],
    [409, "TRANSIENT", "TRANSIENT"],
    [410, "REJECTED", "REJECTED"],
    [413, "REJECTED", "REJECTED"],
    [415, "REJECTED", "REJECTED"],
    [423, "TRANSIENT", "TRANSIENT"],
    [429, "TRANSIENT", "TRANSIENT"],
    [301, "AMBIGUOUS", "TRANSIENT"],
    [302, "AMBIGUOUS", "TRANSIENT"],
    [307, "AMBIGUOUS", "TRANSIENT"],
    [500, "AMBIGUOUS", "TRANSIENT"],
    [502, "AMBIGUOUS", "TRANSIENT"],
    [503, "AMBIGUOUS", "TRANSIENT"],
  ])("%i is %s on a write and %s on a read", async (status, write, read) => {
    await fake(json(status, errors, { location: "http://elsewhere.example/" }));
    const details = {
      code: `http_${status}`,
      message: "Nope; summary: is required",
      fields: { summary: "is required" },
    };
    await expect(openJira(callTo(server)).addNewIssue(issue)).rejects.toMatchObject({ outcome: write, ...details });
    await expect(openJira(callTo(server)).getCurrentUser()).rejects.toMatchObject({ outcome: read, ...details });
    expect(server.received).toHaveLength(2);
  });

  it.each<[string, Respond]>([
    ["an HTML page called 200", text(200, "<html>Log in</html>")],
    ["a 200 that holds errors", json(200, { errorMessages: ["half done"] })],
    ["a connection reset after the request", reset],
  ])("%s leaves a write in doubt, and lets a read be repeated", async (_name, respond) => {
    await fake(respond);
    await expect(openJira(callTo(server)).addNewIssue(issue)).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    await expect(openJira(callTo(server)).getCurrentUser()).rejects.toMatchObject({ outcome: "TRANSIENT" });
  });

  it("keeps the words of an answer that is not JSON", async () => {
    await fake(text(404, "Dead link"));
    await expect(openJira(callTo(server)).getCurrentUser()).rejects.toMatchObject({ message: "Dead link" });
  });

  it("says so when Jira said nothing", async () => {
    await fake(text(401, ""));
    const expected = { outcome: "AUTH", message: "Jira answered 401 without saying why" };
    await expect(openJira(callTo(server)).getCurrentUser()).rejects.toMatchObject(expected);
  });

  it("is TRANSIENT while nobody listens, because nothing can have been applied", async () => {
    const gone = await fake(reset);
    await gone.close();
    const http = createHttpClient({ allowPrivate: [gone.host] });
    const connection = { ...connectionTo(gone), http };
    const refused = openJira(callTo(gone, { connection })).addNewIssue(issue);
    await expect(refused).rejects.toMatchObject({ outcome: "TRANSIENT", code: "ECONNREFUSED" });
    await http.close();
  });

  it("is REJECTED when our own guard forbids the address", async () => {
    await fake(json(200, {}));
    const connection = { ...connectionTo(server), http: createHttpClient({ allowPrivate: [] }) };
    const refused = openJira(callTo(server, { connection })).addNewIssue(issue);
    await expect(refused).rejects.toMatchObject({ outcome: "REJECTED", code: "private_address" });
  });
});

describe("rate limits", () => {
  it("reads Retry-After in seconds", async () => {
    await fake(json(429, {}, { "retry-after": "7", "ratelimit-reason": "jira-burst-based" }));
    const failed = openJira(callTo(server)).addNewIssue(issue);
    await expect(failed).rejects.toMatchObject({ outcome: "TRANSIENT", retryAfterMs: 7_000, scope: undefined });
  });

  it("waits until the moment of X-RateLimit-Reset when there is no Retry-After", async () => {
    await fake(json(429, {}, { "x-ratelimit-reset": new Date(Date.now() + 3_600_000).toISOString() }));
    const error: unknown = await openJira(callTo(server))
      .addNewIssue(issue)
      .catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty("retryAfterMs", expect.closeTo(3_600_000, -5));
  });

  it("pauses only the issue when the limit is on writes to it", async () => {
    await fake(json(429, {}, { "retry-after": "2", "ratelimit-reason": "jira-per-issue-on-write" }));
    const failed = openJira(callTo(server)).addCommentAdvanced("SUP-12", {});
    await expect(failed).rejects.toMatchObject({ scope: "issue:SUP-12", retryAfterMs: 2_000 });
  });
});

describe("deadlines and cancelling", () => {
  it("never outlives its deadline on a stalled body", async () => {
    await fake(stalledBody);
    const write = openJira(callTo(server, { deadlineMs: 150 })).addNewIssue(issue);
    await expect(write).rejects.toMatchObject({ outcome: "AMBIGUOUS", code: "timeout" });
    const read = openJira(callTo(server, { deadlineMs: 150 })).getCurrentUser();
    await expect(read).rejects.toMatchObject({ outcome: "TRANSIENT", code: "timeout" });
  });

  it("shares one deadline between all requests of a call", async () => {
    await fake(stalledBody);
    const jira = openJira(callTo(server, { deadlineMs: 150 }));
    await expect(jira.getCurrentUser()).rejects.toMatchObject({ code: "timeout" });
    await expect(jira.addNewIssue(issue)).rejects.toMatchObject({ outcome: "TRANSIENT", code: "deadline" });
    expect(server.received).toHaveLength(1);
  });

  it("stops when the call is cancelled", async () => {
    const controller = new AbortController();
    await fake(() => controller.abort());
    const write = openJira(callTo(server, { signal: controller.signal })).addNewIssue(issue);
    await expect(write).rejects.toMatchObject({ outcome: "AMBIGUOUS", code: "cancelled" });
  });

  it("asks for the claim before a write only, and sends nothing when it has grown old", async () => {
    await fake(json(200, {}));
    const aboutToSend = () => {
      throw new Error("the claim is too old");
    };
    const jira = openJira(callTo(server, { aboutToSend }));
    await expect(jira.addNewIssue(issue)).rejects.toThrow("the claim is too old");
    expect(server.received).toHaveLength(0);
    await jira.searchJql({ jql: "x", fields: [], maxResults: 1 });
    expect(server.received).toHaveLength(1);
  });
});

describe("addresses", () => {
  it("sends every user's text in the query as text", async () => {
    await fake(json(200, []));
    await openJira(callTo(server)).searchUsers({ query: "a&maxResults=1000#x", maxResults: 5 });
    const url = new URL(server.received[0]!.url, server.url);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ query: "a&maxResults=1000#x", maxResults: "5" });
  });

  it.each(["../SUP-1", "SUP-1?x=1", "SUP-1#x", "SUP%2f1", "SUP%2F..", "..", "SUP-1 2", "SUP\\1"])(
    "refuses the path part “%s”",
    async (id) => {
      await fake(json(200, {}));
      await expect(async () => openJira(callTo(server)).addCommentAdvanced(id, {})).rejects.toMatchObject({
        outcome: "REJECTED",
        code: "unsafe_address",
      });
      expect(server.received).toHaveLength(0);
    },
  );

  it("goes through the gateway when the token has scopes", async () => {
    await fake(json(200, {}));
    const connection = connectionTo(server, {
      site: "https://acme.atlassian.net",
      apiBase: `${server.url}/ex/jira/c1/`,
    });
    await openJira(callTo(server, { connection })).getCurrentUser();
    expect(server.received[0]!.url).toBe("/ex/jira/c1/rest/api/3/myself");
  });

  it("refuses the methods of jira-client that build addresses of their own", async () => {
    await fake(json(200, {}));
    const jira = openJira(callTo(server));
    const agileGet: unknown = Reflect.get(jira, "genericAgileGet");
    if (typeof agileGet !== "function") throw new Error("jira-client has no genericAgileGet any more");
    const agile: unknown = Reflect.apply(agileGet, jira, ["board"]);
    await expect(agile).rejects.toMatchObject({ code: "unsafe_address" });
    expect(server.received).toHaveLength(0);
  });
});

describe("credentials", () => {
  it("never swaps the tokens of two connections", async () => {
    await fake(json(200, {}));
    const clients = ["one", "two"].map((apiToken) =>
      openJira(callTo(server, { connection: connectionTo(server, { apiToken }) })),
    );
    await Promise.all(clients.flatMap((jira) => [jira.getCurrentUser(), jira.addNewIssue(issue)]));
    const expected = ["one", "two"].map(
      (token) => `Basic ${Buffer.from(`ops@acme.example:${token}`).toString("base64")}`,
    );
    const seen = server.received.map(({ headers }) => headers["authorization"]);
    expect(seen.toSorted()).toEqual([expected[0], expected[0], expected[1], expected[1]].toSorted());
  });
});

describe("assertJiraTransport", () => {
  it("refuses a client that speaks for itself", () => {
    const raw = { doRequest: () => undefined, makeUri: () => "" };
    expect(() => assertJiraTransport(raw)).toThrow("not speaking through SafeJira");
  });
});
