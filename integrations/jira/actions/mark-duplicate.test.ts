import { expect, it } from "vitest";
import { callTo, KEY, lookUpIn } from "../testing/call.js";
import { json, useFakes, type Respond } from "../../testing/fake-server.js";
import { markDuplicate } from "./mark-duplicate.js";

const start = useFakes();
const input = { issue: "RND-7", duplicates: "RND-6" };
const properties = [{ key: "loopwright", value: { k: KEY } }];
const comment = { id: "501", created: "2026-03-02T02:00:00.000+0000" };

const jira: Respond = (request, response) => {
  if (request.method === "PUT") response.writeHead(204).end();
  else if (request.url.endsWith("/issueLink")) response.writeHead(201).end();
  else json(201, comment)(request, response);
};

it("labels the younger issue, links it as the duplicate, and says so in a comment that carries the key", async () => {
  const server = await start(jira);
  expect(await markDuplicate.send(input, callTo(server))).toMatchObject({ externalId: "RND-7/501" });
  const [label, link, said] = server.received.map(({ method, url, body }) => ({
    to: `${method} ${url.replace("/rest/api/3", "")}`,
    body: JSON.parse(body) as unknown,
  }));
  expect(label).toEqual({
    to: "PUT /issue/RND-7",
    body: { update: { labels: [{ add: "loopwright-duplicate" }] } },
  });
  expect(link).toEqual({
    to: "POST /issueLink",
    body: { type: { name: "Duplicate" }, inwardIssue: { key: "RND-7" }, outwardIssue: { key: "RND-6" } },
  });
  expect(said).toMatchObject({ to: "POST /issue/RND-7/comment", body: { properties } });
  expect(JSON.stringify(said?.body)).toContain("RND-6");
});

it("is found by its comment, which comes last", async () => {
  const server = await start(json(200, { total: 1, comments: [{ ...comment, properties }] }));
  expect(await markDuplicate.find!(input, lookUpIn(server))).toMatchObject({ kind: "found" });
});

it("is drawn by nobody", () => {
  expect(markDuplicate.internal).toBe(true);
});
