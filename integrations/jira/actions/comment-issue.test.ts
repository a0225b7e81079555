import { describe, expect, it } from "vitest";
import { callTo, KEY, lookUpIn } from "../testing/call.js";
import { json, useFakes, type FakeServer, type Respond } from "../../testing/fake-server.js";
import { commentIssue } from "./comment-issue.js";

let server: FakeServer;
const start = useFakes();
const fake = async (respond: Respond) => (server = await start(respond));

const input = { issue: "sup-12", body: "Customer called back" };
const comment = (id: number, over: object = {}) => ({
  id: String(id),
  created: "2026-03-02T02:00:00.000+0000",
  ...over,
});
const marked = { properties: [{ key: "loopwright", value: { k: KEY } }] };

describe("sending", () => {
  it("posts the comment with its mark, and links to it", async () => {
    await fake(json(201, comment(501)));
    const sent = await commentIssue.send(input, callTo(server));
    const url = `${server.url}/browse/SUP-12?focusedCommentId=501`;
    expect(sent).toEqual({ externalId: "SUP-12/501", url, output: { id: "501", issue: "SUP-12", url } });
    expect(server.received[0]).toMatchObject({ method: "POST", url: "/rest/api/3/issue/SUP-12/comment" });
    expect(JSON.parse(server.received[0]!.body)).toMatchObject({ body: { type: "doc" }, ...marked });
  });

  it("reads the issue from a link to it", async () => {
    await fake(json(201, comment(501)));
    await commentIssue.send({ ...input, issue: "https://acme.atlassian.net/browse/SUP-7?x=1" }, callTo(server));
    expect(server.received[0]!.url).toBe("/rest/api/3/issue/SUP-7/comment");
  });

  it("refuses what is no issue key before anything is sent", async () => {
    await fake(json(201, comment(501)));
    const sending = commentIssue.send({ ...input, issue: "../../myself" }, callTo(server));
    await expect(sending).rejects.toMatchObject({ outcome: "REJECTED", code: "issue_key_invalid" });
    expect(server.received).toHaveLength(0);
  });

  it("shares its pace with other writes to the same issue", async () => {
    await fake(json(200, {}));
    expect(commentIssue.scopes(input)).toEqual(["issue:SUP-12"]);
  });
});

describe("finding", () => {
  it("finds the comment by its property", async () => {
    await fake(json(200, { total: 2, comments: [comment(502), comment(501, marked)] }));
    const result = await commentIssue.find!(input, lookUpIn(server));
    expect(result).toMatchObject({ kind: "found", sent: { externalId: "SUP-12/501" } });
    expect(server.received[0]!.url).toContain("/comment?orderBy=-created&expand=properties");
  });

  it("is sure of absence once everything younger was read", async () => {
    await fake(
      json(200, { total: 5_000, comments: [comment(502), comment(400, { created: "2026-03-01T00:00:00.000+0000" })] }),
    );
    expect(await commentIssue.find!(input, lookUpIn(server))).toEqual({ kind: "absent" });
    expect(server.received).toHaveLength(1);
  });

  it("reads on while pages are full of younger comments", async () => {
    await fake((request, response) => {
      const second = request.url.includes("startAt=100");
      const comments = second
        ? [comment(9, marked)]
        : Array.from({ length: 100 }, (_, index) => comment(1_000 + index));
      json(200, { total: 101, comments })(request, response);
    });
    expect(await commentIssue.find!(input, lookUpIn(server))).toMatchObject({
      kind: "found",
      sent: { externalId: "SUP-12/9" },
    });
  });

  it("does not take an issue it may not read for one without the comment", async () => {
    await fake(json(404, { errorMessages: ["Issue does not exist or you do not have permission to see it."] }));
    expect(await commentIssue.find!(input, lookUpIn(server))).toMatchObject({ kind: "inconclusive" });
  });
});
