import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { outlookSchema } from "../retention/retention-api.js";
import { runsOf } from "../testing/ledger-views.js";
import { post, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { until } from "../testing/until.js";
import { fill, growing } from "./testing/fill.js";
import { allAtRest, PATIENCE_MS } from "./testing/settled.js";
import { oneActionFlows } from "./testing/three-systems.js";

/** So many that no planner would read them all for a page. */
const STORED = 20_000;
const OVER_AGE = 600;
const retention = { general: { contentDays: 2, responseDays: 8 }, sources: [] };

let product: Product;
let flow: FlowHandle;

beforeAll(async () => {
  product = await startProduct();
  const drawn = await oneActionFlows(product, ["jira"]);
  flow = drawn.get("jira")![0]!;
  const [run] = (await post(flow, { responseId: "first" })).runIds;
  await allAtRest(product.db, 1);
  const first = (await runsOf(product.db)).find(({ id }) => id === run)!;
  await fill(product.db, { ...flow, workspaceId: first.workspace_id }, STORED);
  await age(OVER_AGE);
}, PATIENCE_MS);
afterAll(() => product.stop());

/** So many of what was filled in were received ten days ago: their content is over age, and half of them are over age whole. */
async function age(count: number): Promise<void> {
  const ago = sql`now() - case when substring(external_id from 8)::int % 2 = 0 then interval '10 days' else interval '4 days' end`;
  await sql`
    update response set created_at = ${ago} where source_id = ${flow.sourceId} and external_id like 'filled-%'
      and substring(external_id from 8)::int <= ${count}::int`.execute(product.db);
  await sql`
    update revision set received_at = response.created_at from response
    where response.id = revision.response_id and response.created_at < now() - interval '1 day'`.execute(product.db);
  for (const table of ["response", "revision"]) await sql`vacuum (analyze) ${sql.table(table)}`.execute(product.db);
}

/** What is over age by these limits, as the product counts it. */
async function overAge(): Promise<number> {
  const { json } = await product.api("POST", "/api/privacy/retention/outlook", retention);
  const { sources } = outlookSchema.parse(json);
  return sources.reduce((sum, { contents, responses }) => sum + contents + responses, 0);
}

/** A process hands in its counts when its connections end. */
async function scansOf(): Promise<Record<string, number>> {
  const { rows } = await sql<{ relname: string; seq_scan: number }>`
    select relname, seq_scan from pg_stat_user_tables where relname = any(${[...growing]})`.execute(product.db);
  return Object.fromEntries(rows.map(({ relname, seq_scan }) => [relname, seq_scan]));
}

async function stateOf(runId: string): Promise<unknown> {
  const { json } = await product.api("GET", `/api/runs/${runId}`);
  return z.object({ state: z.string() }).safeParse(json).data?.state;
}

const others = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and application_name like 'loopwright%'`.execute(product.db);
  return rows[0]?.n ?? 0;
};

const pages = [
  "/api/runs",
  "/api/runs?state=running",
  "/api/runs?state=stuck",
  "/api/feedback",
  "/api/approvals",
  "/api/flows",
  "/api/sources",
  "/api/connections",
  "/api/quarantine",
  "/api/settings",
  "/api/oversight/entries",
  "/api/health",
  "/metrics",
];

test(
  "no page and no step of a run reads a growing table from end to end",
  async () => {
    await Promise.all([product.roles().api.kill(), product.roles().worker.kill()]);
    await until(others, (count) => count === 0, { what: "the end of every connection" });
    const before = await scansOf();
    await Promise.all([product.startApi(), product.startWorker()]);
    const posted = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(flow, { responseId: `after-${index}` })),
    );
    expect(await overAge()).toBe(OVER_AGE + OVER_AGE / 2);
    expect((await product.api("PUT", "/api/privacy/retention", retention)).status).toBe(200);
    await until(overAge, (count) => count === 0, { what: "the end of what is over age" });
    const [runId] = posted[0]!.runIds;
    // Asked through the product: the test's own questions would be counted as well.
    for (const { runIds } of posted)
      await until(
        () => stateOf(runIds[0]!),
        (state) => state === "finished",
        { what: "the end of a run" },
      );
    for (const page of [
      ...pages,
      `/api/runs?flowId=${flow.flowId}`,
      `/api/runs/${runId}`,
      `/api/flows/${flow.flowId}`,
    ]) {
      const { status, text } = await product.api("GET", page);
      expect([page, status, status === 200 ? "" : text]).toEqual([page, 200, ""]);
    }
    await Promise.all([product.roles().api.kill(), product.roles().worker.kill()]);
    await until(others, (count) => count === 0, { what: "the end of every connection" });
    expect(await scansOf()).toEqual(before);
  },
  PATIENCE_MS,
);
