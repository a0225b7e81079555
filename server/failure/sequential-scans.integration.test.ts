import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { until } from "../../workflows/testing/until.js";
import { runsOf } from "../testing/ledger-views.js";
import { post, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { fill, growing } from "./testing/fill.js";
import { allAtRest, PATIENCE_MS } from "./testing/settled.js";
import { oneActionFlows } from "./testing/three-systems.js";

/** So many that no planner would read them all for a page. */
const STORED = 20_000;

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
}, PATIENCE_MS);
afterAll(() => product.stop());

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
