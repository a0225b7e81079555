import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { until } from "../../workflows/testing/until.js";
import { startSession } from "../members/sessions.js";
import { clientOf, type Client } from "../testing/http.js";
import { runsOf } from "../testing/ledger-views.js";
import { post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { fill, growing } from "./testing/fill.js";
import { allAtRest, PATIENCE_MS } from "./testing/settled.js";
import { oneActionFlows } from "./testing/three-systems.js";

/** So many that no planner would read them all for a page. */
const STORED = 20_000;

let product: Product;
let flow: FlowHandle;
/** From which little came, so that its responses lead to its runs. */
let quiet: FlowHandle;
/** Of the one that was not filled in. */
let contactId: string;
/** Of teams that see certain rows: many, few, none; by one rule, by several. */
let narrow: readonly Client[];

beforeAll(async () => {
  product = await startProduct();
  const drawn = await oneActionFlows(product, ["jira"]);
  flow = drawn.get("jira")![0]!;
  const [run] = (await post(flow, { responseId: "first", email: "first@example.org" })).runIds;
  quiet = await publishFlow(product.api, "Quiet", { nodes: [["over", "end", {}]], edges: "start > over" });
  await post(quiet);
  await allAtRest(product.db, 2);
  const first = (await runsOf(product.db)).find(({ id }) => id === run)!;
  await fill(product.db, { ...flow, workspaceId: first.workspace_id }, STORED);
  const { rows } = await sql<{
    id: string;
  }>`select contact_id as id from response where id = ${first.response_id}`.execute(product.db);
  contactId = rows[0]?.id ?? "";
  narrow = await narrowed();
}, PATIENCE_MS);
afterAll(() => product.stop());

async function narrowed(): Promise<readonly Client[]> {
  const { rows } = await sql<{ id: string }>`select id from account limit 2`.execute(product.db);
  const [one = "", other = ""] = rows.map(({ id }) => id);
  const segment = (field: string, ...oneOf: readonly string[]) => ({ segment: [{ field, oneOf }] });
  const region = "feedback.attributes.region";
  const teams: readonly (readonly object[])[] = [
    [segment(region, "EMEA")],
    [segment(region, "Mars")],
    [{ accountIds: [one] }],
    [segment("account.tier", "none")],
    [{ ...segment(region, "EMEA"), accountIds: [one] }, segment(region, "Mars"), { accountIds: [other] }],
    [
      { flowIds: [flow.flowId], ...segment(region, "US") },
      { sourceIds: [flow.sourceId], accountIds: [other] },
    ],
  ];
  return Promise.all(teams.map((rules, place) => aMemberOf(rules, `of teams ${String(place)}`)));
}

async function aMemberOf(rules: readonly object[], name: string): Promise<Client> {
  const email = `${name.replaceAll(" ", "-")}@example.org`;
  const { json } = await product.api("POST", "/api/members", { name, email, role: "builder" });
  const { id } = z.object({ member: z.object({ id: z.string() }) }).parse(json).member;
  const all = { flowIds: null, sourceIds: null, connectionIds: null, segment: [], accountIds: null };
  for (const [place, rule] of rules.entries()) {
    const body = { ...all, ...rule, name: `${name} ${String(place)}`, memberIds: [id] };
    expect(await product.api("POST", "/api/teams", body)).toMatchObject({ status: 201 });
  }
  const session = await transact(product.db, (tx) => startSession(tx, id, "link"));
  return clientOf(product.url, { cookie: `lw_session=${session}`, origin: product.url });
}

/** Every way to narrow the list of runs, alone and together. */
function runLists(): readonly string[] {
  const day = new Date().toISOString().slice(0, 10);
  const filters = [
    "state=running",
    "state=stuck",
    "state=finished",
    "state=cancelled",
    "state=stuck,cancelled",
    `flowId=${flow.flowId}`,
    `sourceId=${flow.sourceId}`,
    `sourceId=${quiet.sourceId}`,
    `contactId=${contactId}`,
    "errorClass=REJECTED",
    `days=7`,
    `from=${day}&to=${day}`,
    "search=01980000",
    "search=done",
  ];
  const pairs = filters.flatMap((one, place) =>
    filters.slice(place + 1).flatMap((other) => (nameOf(one) === nameOf(other) ? [] : [`${one}&${other}`])),
  );
  return ["", ...filters, ...pairs].map((query) => `/api/runs?${query}`);
}
const nameOf = (filter: string): string => filter.split("=")[0] ?? "";

/** What lists or counts rows of theirs. */
const ofRows = [
  "/api/runs/failure-groups",
  "/api/feedback",
  "/api/approvals",
  "/api/flows",
  "/api/sources",
  "/api/quarantine",
];

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
  "/api/runs/failure-groups",
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
    for (const page of [...pages, ...runLists(), `/api/runs/${runId}`, `/api/flows/${flow.flowId}`]) {
      const { status, text } = await product.api("GET", page);
      expect([page, status, status === 200 ? "" : text]).toEqual([page, 200, ""]);
    }
    for (const [place, as] of narrow.entries())
      for (const page of [...ofRows, ...runLists(), `/api/flows/${flow.flowId}`]) {
        const { status, text } = await as("GET", page);
        expect([place, page, status === 404 ? 200 : status, status < 500 ? "" : text]).toEqual([place, page, 200, ""]);
      }
    await Promise.all([product.roles().api.kill(), product.roles().worker.kill()]);
    await until(others, (count) => count === 0, { what: "the end of every connection" });
    expect(await scansOf()).toEqual(before);
  },
  PATIENCE_MS,
);
