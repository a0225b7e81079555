import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createHttpClient, type HttpClient } from "../http.js";
import { createJira } from "../sandbox/jira/index.js";
import { JIRA_ACCOUNT } from "../sandbox/sandbox-accounts.js";
import { startSystems, type Sandbox } from "../sandbox/sandbox.js";
import { jiraConnector } from "./index.js";
import { connectionTo } from "./testing/call.js";

/** The connector against the faithful fake: every failure happens on a real socket, before or after the effect. */
let sandbox: Sandbox;
let http: HttpClient;

beforeAll(async () => {
  sandbox = await startSystems({ systems: [createJira] });
  http = createHttpClient({ allowPrivate: [new URL(sandbox.baseUrl("jira")).host] });
});
afterAll(async () => {
  await http.close();
  await sandbox.close();
});
beforeEach(() => sandbox.reset());
afterEach(() => sandbox.faults.clear());

const signal = new AbortController().signal;
const connection = () =>
  connectionTo({ url: sandbox.baseUrl("jira"), http }, { email: JIRA_ACCOUNT.email, apiToken: JIRA_ACCOUNT.apiToken });
function action(name: string) {
  const found = jiraConnector.actions.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`Jira has no action ${name}`);
  return found;
}
const createIssue = action("jira.createIssue");
const commentIssue = action("jira.commentIssue");

let effects = 0;
const call = (deadlineMs = 2_000) => {
  effects += 1;
  return { connection: connection(), key: `lw_sandbox${effects}`, signal, deadlineMs, aboutToSend: () => undefined };
};
const lookUp = (key: string) => ({
  connection: connection(),
  key,
  signal,
  deadlineMs: 2_000,
  since: new Date(Date.now() - 300_000),
  lastSentAt: new Date(),
  now: new Date(),
});
const issue = { project: "SUP", issueType: "Bug", summary: "NPS 3", description: "# Why\n- late", priority: "High" };

describe("an everyday connection", () => {
  it("is checked and fills its pickers", async () => {
    const check = await jiraConnector.check(connection(), signal);
    expect(check.account).toContain(JIRA_ACCOUNT.email);
    const load = (name: string, values = {}) =>
      jiraConnector.options[name]!(connection(), { query: "", values, signal });
    expect((await load("projects")).map(({ value }) => value)).toContain("SUP");
    for (const name of ["issueTypes", "priorities", "assignees"])
      expect(await load(name, { project: "SUP" }), name).not.toHaveLength(0);
  });

  it("creates an issue, finds it once the index shows it, and comments on it", async () => {
    const create = call();
    const { externalId } = await createIssue.send(issue, create);
    expect(await createIssue.find!(issue, lookUp(create.key))).toMatchObject({ kind: "inconclusive" });
    await sandbox.advance(3_000);
    expect(await createIssue.find!(issue, lookUp(create.key))).toMatchObject({ kind: "found", sent: { externalId } });
    const comment = call();
    const commented = await commentIssue.send({ issue: externalId, body: "Called back" }, comment);
    expect(sandbox.effects(comment.key).items).toMatchObject([{ externalId: commented.externalId }]);
    expect(await commentIssue.find!({ issue: externalId, body: "x" }, lookUp(comment.key))).toMatchObject({
      kind: "found",
    });
    expect(await commentIssue.find!({ issue: externalId, body: "x" }, lookUp("lw_other"))).toEqual({ kind: "absent" });
  });
});

describe("a lost answer", () => {
  it.each([
    [{ kind: "rst_after_apply" }, 2_000],
    [{ kind: "5xx_after_apply", code: 502 }, 2_000],
    [{ kind: "hold_after_apply" }, 300],
  ] as const)("after %j leaves a doubt that the search settles, with one issue", async (fault, deadlineMs) => {
    sandbox.faults.add({ system: "jira", match: { operation: "POST /issue" }, fault });
    const create = call(deadlineMs);
    await expect(createIssue.send(issue, create)).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    await sandbox.advance(3_000);
    expect(await createIssue.find!(issue, lookUp(create.key))).toMatchObject({ kind: "found" });
    expect(sandbox.effects(create.key)).toMatchObject({ keys: 1, effects: 1, duplicates: [] });
  });

  it("is never taken for absence while the index is slow", async () => {
    sandbox.faults.add({ system: "jira", fault: { kind: "index_lag", ms: 100_000 } });
    sandbox.faults.add({ system: "jira", match: { operation: "POST /issue" }, fault: { kind: "rst_after_apply" } });
    const create = call();
    await expect(createIssue.send(issue, create)).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    await sandbox.advance(90_000);
    expect(await createIssue.find!(issue, lookUp(create.key))).toMatchObject({ kind: "inconclusive" });
    await sandbox.advance(11_000);
    expect(await createIssue.find!(issue, lookUp(create.key))).toMatchObject({ kind: "found" });
  });

  it("of a comment is settled by the issue itself", async () => {
    const { externalId } = await createIssue.send(issue, call());
    sandbox.faults.add({
      system: "jira",
      match: { operation: "POST /issue/*/comment" },
      fault: { kind: "rst_after_apply" },
    });
    const comment = call();
    const input = { issue: externalId, body: "Called back" };
    await expect(commentIssue.send(input, comment)).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    expect(await commentIssue.find!(input, lookUp(comment.key))).toMatchObject({ kind: "found" });
    expect(sandbox.effects(comment.key)).toMatchObject({ effects: 1, duplicates: [] });
  });
});

describe("a broken answer", () => {
  it.each([
    [{ kind: "rst_before_apply" }, "AMBIGUOUS"],
    [{ kind: "stall_headers" }, "AMBIGUOUS"],
    [{ kind: "stall_body", bytes: 5 }, "AMBIGUOUS"],
    [{ kind: "truncate_body", bytes: 5 }, "AMBIGUOUS"],
    [{ kind: "html_200" }, "AMBIGUOUS"],
    [{ kind: "redirect", code: 302 }, "AMBIGUOUS"],
    [{ kind: "status", code: 503 }, "AMBIGUOUS"],
    [{ kind: "status", code: 401 }, "AUTH"],
    [{ kind: "rate_limit", retryAfter: 7 }, "TRANSIENT"],
  ] as const)("%j is %s", async (fault, outcome) => {
    sandbox.faults.add({ system: "jira", match: { operation: "POST /issue" }, fault });
    const failure: unknown = await createIssue.send(issue, call(400)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "ConnectorError", outcome });
    if (fault.kind === "rate_limit") expect(failure).toMatchObject({ retryAfterMs: 7_000 });
  });

  it("names the field that Jira refuses", async () => {
    const failure: unknown = await createIssue
      .send({ ...issue, priority: "Sky-high" }, call())
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      outcome: "REJECTED",
      code: "http_400",
      fields: { priority: expect.any(String) as string },
    });
  });

  it("is AUTH with a wrong token, and says whose it is not", async () => {
    const wrong = { ...connection(), secret: { apiToken: "wrong" } };
    await expect(jiraConnector.check(wrong, signal)).rejects.toMatchObject({ outcome: "AUTH" });
  });
});
