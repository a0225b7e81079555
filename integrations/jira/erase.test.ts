import { expect, it } from "vitest";
import { json, text, useFakes, type FakeServer, type Respond } from "../testing/fake-server.js";
import { eraseComment, eraseIssue } from "./erase.js";
import { callTo } from "./testing/call.js";

const start = useFakes();
const done = text(204, "");

/** Answers of a Jira by method, in small steps: what is not named is not to be asked. */
async function jira(answers: Readonly<Record<string, Respond>>): Promise<FakeServer> {
  return start((request, response) => {
    const answer = answers[request.method] ?? json(501, { errorMessages: [`no answer to ${request.method}`] });
    answer(request, response);
  });
}

const asked = ({ received }: FakeServer) => received.map(({ method, url }) => `${method} ${url.split("?")[0]}`);
const copy = (server: FakeServer, externalId: string) => ({ ...callTo(server), externalId });

it("an issue is deleted; one that is not there any more is gone", async () => {
  const server = await jira({ DELETE: done });
  expect(await eraseIssue(copy(server, "SUP-1"))).toEqual({ copy: "deleted" });
  expect(asked(server)).toEqual(["DELETE /rest/api/3/issue/SUP-1"]);
  expect(await eraseIssue(copy(await jira({ DELETE: json(404, {}) }), "SUP-1"))).toEqual({ copy: "gone" });
});

it.each([403, 400])("an issue that Jira does not let go (%i) loses its words instead", async (status) => {
  const server = await jira({ DELETE: json(status, { errorMessages: ["Not allowed"] }), PUT: done });
  expect(await eraseIssue(copy(server, "SUP-1"))).toEqual({ copy: "emptied", remains: "jira_history" });
  expect(asked(server)).toEqual(["DELETE /rest/api/3/issue/SUP-1", "PUT /rest/api/3/issue/SUP-1"]);
  expect(JSON.parse(server.received[1]!.body)).toEqual({ fields: { summary: "Erased on request", description: null } });
});

it("one that may neither be deleted nor emptied is refused", async () => {
  const no = json(403, { errorMessages: ["Not allowed"] });
  const server = await jira({ DELETE: no, PUT: no });
  await expect(eraseIssue(copy(server, "SUP-1"))).rejects.toMatchObject({ outcome: "REJECTED", code: "http_403" });
});

it("a Jira that is away is not taken for a refusal: nothing is emptied", async () => {
  const server = await jira({ DELETE: json(503, {}), PUT: done });
  await expect(eraseIssue(copy(server, "SUP-1"))).rejects.toMatchObject({ code: "http_503" });
  expect(asked(server)).toHaveLength(1);
});

it("a comment is deleted or gone, or refused by a name that says so", async () => {
  const server = await jira({ DELETE: done });
  expect(await eraseComment(copy(server, "SUP-1/10001"))).toEqual({ copy: "deleted" });
  expect(asked(server)).toEqual(["DELETE /rest/api/3/issue/SUP-1/comment/10001"]);
  expect(await eraseComment(copy(await jira({ DELETE: json(404, {}) }), "SUP-1/10001"))).toEqual({ copy: "gone" });
  await expect(eraseComment(copy(await jira({ DELETE: json(403, {}) }), "SUP-1/10001"))).rejects.toMatchObject({
    outcome: "REJECTED",
    code: "delete_refused",
  });
});
