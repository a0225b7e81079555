import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { JIRA_ACCOUNT } from "../sandbox-accounts.js";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { createJira } from "./index.js";
import { adf, asGuest, newIssue, rawJira, type RawJira } from "./testing/raw-jira.js";

const PATH = "/rest/webhooks/1.0/webhook";
const hook = (more: object = {}) => ({
  name: "Loopwright",
  url: "http://127.0.0.1:9/hook",
  events: ["jira:issue_created", "jira:issue_updated", "comment_created"],
  secret: "a-long-webhook-secret",
  ...more,
});

let served: Served;
let jira: RawJira;

beforeEach(async () => {
  served = await serveInMemory(createJira);
  jira = rawJira(served.url);
});
afterEach(() => served.close());

interface Payload {
  readonly webhookEvent: string;
  readonly comment: { readonly body: unknown };
}

const sent = async () => {
  await served.world.advance(0);
  return served.world.deliveries.map((delivery) => ({
    ...delivery,
    payload: JSON.parse(delivery.body || "null") as Payload,
  }));
};

it("registers, lists, changes and removes a webhook without ever giving the secret back", async () => {
  const made = await jira("POST", PATH, hook());
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ enabled: true, isSigned: true, events: hook().events });
  expect(JSON.stringify((await jira("GET", PATH)).body)).not.toContain("secret");
  const id = made.body.self.split("/").at(-1) ?? "";
  expect((await jira("PUT", `${PATH}/${id}`, hook({ enabled: false }))).body.enabled).toBe(false);
  expect((await jira("DELETE", `${PATH}/${id}`)).status).toBe(204);
  expect((await jira("GET", `${PATH}/${id}`)).status).toBe(404);
  expect((await asGuest(served.url)("POST", PATH, hook())).status).toBe(403);
  expect((await jira("POST", PATH, hook({ url: "nowhere" }))).status).toBe(400);
});

it("sends what was created, signed over the bytes that go out", async () => {
  await jira("POST", PATH, hook());
  const { body } = await jira("POST", "/rest/api/3/issue", newIssue({ labels: ["lw-abc"], description: adf("Hello") }));
  const [delivery] = await sent();
  expect(delivery?.payload).toMatchObject({
    webhookEvent: "jira:issue_created",
    issue_event_type_name: "issue_created",
    issue: { key: body.key, fields: { labels: ["lw-abc"], description: "Hello", status: { name: "To Do" } } },
  });
  const signature = createHmac("sha256", "a-long-webhook-secret").update(delivery!.body).digest("hex");
  expect(delivery?.headers["X-Hub-Signature"]).toBe(`sha256=${signature}`);
});

it("keeps the identifier across retries, counts them, and retries what Atlassian retries", async () => {
  await jira("POST", PATH, hook());
  await jira("POST", "/rest/api/3/issue", newIssue());
  const [delivery] = await sent();
  expect(delivery?.headers["X-Atlassian-Webhook-Identifier"]).toMatch(/\w{20}/);
  expect(delivery?.retryHeaders?.(2)).toEqual({ "X-Atlassian-Webhook-Retry": "2" });
  expect(delivery?.retryAfterMs).toHaveLength(5);
  const retried = [408, 409, 425, 429, 500, 503].map((status) => delivery?.accepted(status, ""));
  expect(retried.every((accepted) => accepted === false)).toBe(true);
  expect([200, 204, 400, 404].every((status) => delivery?.accepted(status, ""))).toBe(true);
});

it("tells a transition with its changelog, and a comment twice as Jira does", async () => {
  const { body } = await jira("POST", "/rest/api/3/issue", newIssue());
  await jira("POST", PATH, hook());
  await jira("POST", `/rest/api/3/issue/${body.key}/transitions`, { transition: { id: "31" } });
  await jira("POST", `/rest/api/3/issue/${body.key}/comment`, { body: adf("Done") });
  const [moved, ...comment] = await sent();
  expect(moved?.payload).toMatchObject({
    issue_event_type_name: "issue_generic",
    changelog: { items: [{ field: "status", fromString: "To Do", toString: "Done" }] },
    issue: { fields: { status: { statusCategory: { key: "done" } } } },
  });
  expect(comment.map(({ payload }) => payload.webhookEvent)).toEqual(["comment_created", "jira:issue_updated"]);
  expect(comment[0]?.payload.comment.body).toBe("Done");
});

it("keeps to the webhook's events and JQL", async () => {
  await jira("POST", PATH, hook({ filters: { "issue-related-events-section": "project = RND" } }));
  await jira("POST", PATH, hook({ events: ["comment_created"] }));
  await jira("POST", "/rest/api/3/issue", newIssue());
  expect(await sent()).toEqual([]);
});

it("sends to the address in the settings, signed with the account's secret", async () => {
  served.world.set("jira.webhookUrl", "http://127.0.0.1:9/jira");
  await jira("POST", "/rest/api/3/issue", newIssue());
  const [delivery] = await sent();
  const signature = createHmac("sha256", JIRA_ACCOUNT.webhookSecret).update(delivery!.body).digest("hex");
  expect(delivery).toMatchObject({
    url: "http://127.0.0.1:9/jira",
    headers: { "X-Hub-Signature": `sha256=${signature}` },
  });
});
