import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startSystems, type Sandbox, type SandboxOptions } from "../sandbox.js";
import { startReceiver } from "../testing/sandbox-under-test.js";
import { createJira } from "./index.js";
import { newIssue, rawJira } from "./testing/raw-jira.js";

const start = async (options: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  startSystems({ systems: [createJira], ...options });
const closing = (sandbox: Sandbox) => onTestFinished(() => sandbox.close());
const search = { jql: "labels = lw-abc" };

it("loses the answer but not the issue when the connection is reset after applying", async () => {
  const sandbox = await start();
  closing(sandbox);
  const jira = rawJira(sandbox.baseUrl("jira"));
  sandbox.faults.add({ system: "jira", match: { operation: "POST /issue" }, fault: { kind: "rst_after_apply" } });
  await expect(jira("POST", "/rest/api/3/issue", newIssue({ labels: ["lw-abc"] }))).rejects.toThrow();
  expect((await jira("POST", "/rest/api/3/search/jql", search)).body.issues).toEqual([]);
  await sandbox.advance(2_000);
  expect((await jira("POST", "/rest/api/3/search/jql", search)).body.issues).toHaveLength(1);
  expect(sandbox.effects("lw_abc")).toMatchObject({ keys: 1, effects: 1, duplicates: [] });
});

it("tells two issues with one key apart from one", async () => {
  const sandbox = await start();
  closing(sandbox);
  const jira = rawJira(sandbox.baseUrl("jira"));
  await jira("POST", "/rest/api/3/issue", newIssue({ labels: ["lw-abc"] }));
  await jira("POST", "/rest/api/3/issue", newIssue({ labels: ["lw-abc"] }));
  expect(sandbox.effects().duplicates).toHaveLength(1);
});

it("keeps issues, index and numbers over a restart", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-jira-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const first = await start({ dataDir });
  const made = await rawJira(first.baseUrl("jira"))("POST", "/rest/api/3/issue", newIssue({ labels: ["lw-abc"] }));
  await first.close();
  const second = await start({ dataDir });
  closing(second);
  const jira = rawJira(second.baseUrl("jira"));
  expect((await jira("GET", `/rest/api/3/issue/${made.body.key}`)).status).toBe(200);
  const next = await jira("POST", "/rest/api/3/issue", newIssue());
  expect(next.body.key).toBe(`SUP-${Number(made.body.key.slice(4)) + 1}`);
});

it("holds the index back by rule, and delivers its webhook until it is accepted", async () => {
  const answers = [503, 200];
  const receiver = await startReceiver((_, response) => void response.writeHead(answers.shift() ?? 200).end());
  const sandbox = await start({ settings: { "jira.webhookUrl": `${receiver.url}/jira` } });
  closing(sandbox);
  const jira = rawJira(sandbox.baseUrl("jira"));
  sandbox.faults.add({ system: "jira", fault: { kind: "index_lag", ms: 60_000 } });
  await jira("POST", "/rest/api/3/issue", newIssue({ labels: ["lw-abc"] }));
  await expect.poll(() => receiver.received).toHaveLength(1);
  const received = async () => {
    await sandbox.advance(300_000);
    return receiver.received;
  };
  await expect.poll(received).toHaveLength(2);
  const [first, second] = receiver.received;
  expect(second?.headers["x-atlassian-webhook-identifier"]).toBe(first?.headers["x-atlassian-webhook-identifier"]);
  expect(second?.headers["x-atlassian-webhook-retry"]).toBe("1");
  expect(second?.body).toBe(first?.body);
  expect((await jira("POST", "/rest/api/3/search/jql", search)).body.issues).toHaveLength(1);
});

it("starts anew on reset", async () => {
  const sandbox = await start();
  closing(sandbox);
  const jira = rawJira(sandbox.baseUrl("jira"));
  await jira("POST", "/rest/api/3/issue", newIssue());
  sandbox.reset();
  await sandbox.advance(2_000);
  const { body } = await jira("POST", "/rest/api/3/search/jql", { jql: "project in (SUP, RND)", fields: ["summary"] });
  expect(body.issues.map(({ key }) => key).sort()).toEqual(["RND-1", "RND-2", "SUP-1", "SUP-2"]);
});
