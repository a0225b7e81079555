import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { JIRA_ACCOUNT } from "../../integrations/sandbox/sandbox-accounts.js";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { until } from "../../workflows/testing/until.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import { connectionsOf, draftFor, finished, publishFlow, quiet, readRun } from "./testing/runs.js";
import { messages, rowsOf, SUPPORT } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

interface Issue {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly labels: readonly string[];
  readonly comments: readonly { readonly body: string }[];
  readonly properties: Readonly<Record<string, unknown>>;
}
interface Link {
  readonly type: string;
  readonly inward: string;
  readonly outward: string;
}

const { product, api } = useProduct();
beforeAll(async () => {
  await quiet(api);
});

/** Jira's own news of a new issue, as the sandbox words it: with the label and the property that we gave it. */
async function jiraTellsOf(connectionId: string, { id, key, labels, properties }: Issue): Promise<unknown> {
  const issue = { id, key, fields: { labels, status: { name: "To Do" } }, properties };
  const body = JSON.stringify({
    webhookEvent: "jira:issue_created",
    issue_event_type_name: "issue_created",
    issue,
  });
  const signature = createHmac("sha256", JIRA_ACCOUNT.webhookSecret).update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-hub-signature": `sha256=${signature}` };
  const url = `${product.url}/webhooks/jira/${connectionId}`;
  const answer = await fetch(url, { method: "POST", body, headers });
  expect(answer.status).toBe(200);
  return (await answer.json()) as unknown;
}

/** Each is told with its transaction, long before it stands in Slack. */
async function doublesTold(): Promise<number> {
  const query = sql<{ n: string }>`select count(*) as n from notice where kind = 'effect_doubled'`;
  return Number((await query.execute(product.runtime.db)).rows[0]?.n);
}

const issues = () => rowsOf<Issue>(product, "jira", "issues").filter(({ summary }) => summary === "Created twice");

it("an issue that was created again in doubt is swept: the younger is marked, and people are told once", async () => {
  const { jira } = await connectionsOf(api);
  const { faults } = product.sandbox;
  faults.add({ system: "jira", fault: { kind: "index_lag", ms: 3_600_000 } });
  faults.add({ system: "jira", match: { operation: "POST /issue" }, times: 1, fault: { kind: "rst_after_apply" } });
  const ticket = aNode("action", "ticket", {
    action: "jira.createIssue@1",
    connectionId: jira,
    input: { project: "RND", issueType: "Bug", summary: "Created twice" },
    onAmbiguous: "resend",
  });
  await publishFlow(api, "Twice", draftFor("Twice", [ticket], "start > ticket"));
  const response = aResponse({ product: "Twice", score: 9 });
  const [runId = ""] = (await deliver(product, await demoSource(product), response)).runIds;
  await finished(api, runId);
  const [older, younger, ...more] = issues();
  expect(more).toEqual([]);
  faults.clear();

  const marked = () => issues().find(({ key }) => key === younger?.key);
  const isMarked = (issue: Issue | undefined) => (issue?.comments.length ?? 0) > 0;
  expect(await until(marked, isMarked)).toMatchObject({
    labels: expect.arrayContaining(["loopwright-duplicate"]) as string[],
    comments: [{ body: expect.stringContaining(older!.key) as string }],
  });
  expect(rowsOf<Link>(product, "jira", "links")).toMatchObject([
    { type: "Duplicate", inward: younger!.key, outward: older!.key },
  ]);
  const told = () => messages(product, SUPPORT).filter(({ text }) => text.includes("seems to have happened twice"));
  const notice = await until(told, ({ length }) => length > 0);
  expect(notice).toMatchObject([{ text: expect.stringContaining(older!.key) as string }]);
  const { effects: before } = await readRun(api, runId);
  expect(older!.properties).toEqual({ loopwright: { k: before[0]?.key } });
  expect(before[0]?.externalId).toBe(younger!.key);
  for (let n = 0; n < 2; n++) expect(await jiraTellsOf(jira, older!)).toEqual({ settled: false });
  expect(await doublesTold()).toBe(1);
  expect(told()).toHaveLength(1);
  const { effects } = await readRun(api, runId);
  expect(effects[0]?.attempts.at(-1)).toMatchObject({ kind: "look-up", outcome: "done" });
});
