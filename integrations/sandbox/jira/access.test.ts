import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { SCOPED_TOKEN } from "./auth.js";
import { createJira } from "./index.js";
import { adf, asGuest, newIssue, rawJira, type RawJira } from "./testing/raw-jira.js";

let served: Served;
let jira: RawJira;

beforeAll(async () => {
  served = await serveInMemory(createJira);
  jira = rawJira(served.url);
});
afterAll(() => served.close());

const create = async (fields: object = {}) => (await jira("POST", "/rest/api/3/issue", newIssue(fields))).body;

describe("who may", () => {
  it("answers 401 without or with a wrong token, and for every token under reject_token_always", async () => {
    const anonymous = await rawJira(served.url, null)("GET", "/rest/api/3/myself");
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get("www-authenticate")).toContain("Basic");
    served.world.setFault("jira", "reject_token_always", {});
    expect((await jira("GET", "/rest/api/3/myself")).status).toBe(401);
    served.world.setFault("jira", "reject_token_always", undefined);
  });

  it("answers 403 for a write and 404 for what a guest may not see", async () => {
    const guest = asGuest(served.url);
    const { key } = await create();
    const hidden = await create({ project: { key: "RND" } });
    expect((await guest("POST", `/rest/api/3/issue/${key}/comment`, { body: adf("x") })).status).toBe(403);
    const missing = await guest("GET", `/rest/api/3/issue/${hidden.key}`);
    expect(missing.status).toBe(404);
    expect(missing.body.errorMessages).toEqual(["Issue does not exist or you do not have permission to see it."]);
    expect((await guest("POST", "/rest/api/3/issue", newIssue())).body.errors).toHaveProperty("project");
  });

  it("refuses writes when the scope was revoked: 403 at the site, 401 at the gateway", async () => {
    served.world.setFault("jira", "revoke_scope", {});
    expect((await jira("POST", "/rest/api/3/issue", newIssue())).status).toBe(403);
    const gateway = await jira("POST", "/ex/jira/00000000-0000-4000-8000-00000000c10d/rest/api/3/issue", newIssue());
    expect(gateway).toMatchObject({ status: 401, body: { message: "Unauthorized; scope does not match" } });
    served.world.setFault("jira", "revoke_scope", undefined);
  });

  it("takes a scoped token at the gateway only, whose self links stay at the gateway", async () => {
    const scoped = { email: "loopwright@northwind.example", token: SCOPED_TOKEN };
    const person = { ...scoped, accountId: "", accountType: "atlassian", displayName: "", guest: false } as const;
    const prefix = "/ex/jira/00000000-0000-4000-8000-00000000c10d";
    const reply = await rawJira(served.url, person)("GET", `${prefix}/rest/api/3/myself`);
    expect(reply.body.self).toContain(`${served.url}${prefix}/rest/api/3/user`);
    expect((await rawJira(served.url, person)("GET", "/rest/api/3/myself")).status).toBe(401);
    expect((await jira("GET", "/ex/jira/another/rest/api/3/myself")).status).toBe(404);
  });
});

describe("what is not there", () => {
  it("answers 410 on both old searches with the vendor's words", async () => {
    for (const [method, version] of [
      ["GET", 2],
      ["POST", 3],
    ] as const) {
      const reply = await jira(
        method,
        `/rest/api/${version}/search`,
        method === "POST" ? { jql: "project = SUP" } : undefined,
      );
      expect(reply.status).toBe(410);
      expect(reply.body.errorMessages[0]).toMatch(
        /^The requested API has been removed\. Please migrate to the \/rest\/api\/3\/search\/jql API\./,
      );
    }
  });

  it("has no single createmeta any more, and says 501 for what it does not imitate", async () => {
    expect((await jira("GET", "/rest/api/3/issue/createmeta?projectKeys=SUP")).status).toBe(404);
    const unknown = await jira("GET", "/rest/api/3/dashboard");
    expect(unknown.status).toBe(501);
    expect(unknown.headers.get("x-fake-unsupported")).toBe("GET%20/rest/api/3/dashboard");
  });

  it("shows an issue to a browser, escaped, and says what it does not find", async () => {
    const { key } = await create({ summary: "<b>bold</b>" });
    const page = await rawJira(served.url, null)("GET", `/browse/${key}`);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.text).toContain("&lt;b&gt;bold");
    expect((await rawJira(served.url, null)("GET", "/browse/SUP-999")).status).toBe(404);
  });
});
