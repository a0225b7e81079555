import { describe, expect, it } from "vitest";
import { callTo, KEY, lookUpIn } from "../testing/call.js";
import { json, reset, useFakes, type FakeServer, type Respond } from "../../testing/fake-server.js";
import { createIssue } from "./create-issue.js";

let server: FakeServer;
const start = useFakes();
const fake = async (respond: Respond) => (server = await start(respond));

const input = { project: "SUP", issueType: "10001", summary: "NPS 3:\n app  crashes", description: "**Why**" };
const created = { id: "10012", key: "SUP-12", self: "https://acme.atlassian.net/rest/api/3/issue/10012" };
const sentBody = (): unknown => JSON.parse(server.received[0]!.body);

describe("sending", () => {
  it("creates the issue with its mark as label and property", async () => {
    await fake(json(201, created));
    const full = {
      ...input,
      priority: "High",
      assignee: "acc-1",
      labels: ["north east", "north east", " "],
      fields: { customfield_1: "EU" },
    };
    const sent = await createIssue.send(full, callTo(server));
    const url = `${server.url}/browse/SUP-12`;
    expect(sent).toEqual({ externalId: "SUP-12", url, output: { key: "SUP-12", id: "10012", url, alsoCreated: "" } });
    expect(sentBody()).toMatchObject({
      fields: {
        project: { key: "SUP" },
        issuetype: { id: "10001" },
        summary: "NPS 3: app crashes",
        description: { type: "doc", version: 1 },
        priority: { name: "High" },
        assignee: { accountId: "acc-1" },
        labels: ["north-east", "lw-abc234"],
        customfield_1: "EU",
      },
      properties: [{ key: "loopwright", value: { k: KEY } }],
    });
  });

  it("lets no extra field replace the mark, the project or the summary", async () => {
    await fake(json(201, created));
    const fields = { labels: ["x"], project: { key: "EVIL" }, summary: "other" };
    await createIssue.send({ ...input, fields }, callTo(server));
    expect(sentBody()).toMatchObject({
      fields: { labels: ["lw-abc234"], project: { key: "SUP" }, summary: "NPS 3: app crashes" },
    });
  });

  it("cuts a summary at 255 characters", async () => {
    await fake(json(201, created));
    await createIssue.send({ ...input, summary: "x".repeat(400) }, callTo(server));
    expect(sentBody()).toMatchObject({ fields: { summary: `${"x".repeat(254)}…` } });
  });

  it("refuses a summary that came out empty, before anything is sent", async () => {
    await fake(json(201, created));
    const sending = createIssue.send({ ...input, summary: " \n " }, callTo(server));
    await expect(sending).rejects.toMatchObject({ outcome: "REJECTED", code: "summary_empty" });
    expect(server.received).toHaveLength(0);
  });

  it("is in doubt when a success does not name the issue", async () => {
    await fake(json(201, { ok: true }));
    await expect(createIssue.send(input, callTo(server))).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
  });

  it("is in doubt after a reset", async () => {
    await fake(reset);
    await expect(createIssue.send(input, callTo(server))).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
  });
});

describe("finding", () => {
  const found = (...issues: object[]) => fake(json(200, { issues, isLast: true }));

  it("searches by label, project and a day that is early enough in every time zone", async () => {
    await found(created);
    await createIssue.find!(input, lookUpIn(server));
    expect(server.received[0]).toMatchObject({ method: "POST", url: "/rest/api/3/search/jql" });
    expect(sentBody()).toMatchObject({
      jql: 'labels = "lw-abc234" AND project = "SUP" AND created >= "2026-03-01" ORDER BY created ASC',
    });
  });

  it("takes the lowest of several and names the others", async () => {
    await found({ id: "10100", key: "SUP-100" }, { id: "10099", key: "SUP-99" });
    const result = await createIssue.find!(input, lookUpIn(server));
    expect(result).toMatchObject({
      kind: "found",
      sent: { externalId: "SUP-99", output: { alsoCreated: "SUP-100" } },
      doubled: ["SUP-100"],
    });
  });

  it("never calls an empty search proof of absence", async () => {
    await found();
    const result = await createIssue.find!(input, lookUpIn(server));
    expect(result).toMatchObject({ kind: "inconclusive", reason: expect.stringContaining("search index") as string });
  });

  it("cannot be talked into another search by a project's name", async () => {
    await found();
    await createIssue.find!({ ...input, project: 'X" OR project = "SEC' }, lookUpIn(server));
    expect(sentBody()).toMatchObject({
      jql: expect.stringContaining('project = "X\\" OR project = \\"SEC"') as string,
    });
  });

  it("parks after three minutes of empty searches", () => {
    expect(createIssue.doubt).toEqual({ windowMs: 180_000, waitsMs: [5_000, 15_000, 30_000, 60_000, 60_000] });
  });
});
