import { sql } from "kysely";
import { expect, test } from "vitest";
import { until } from "../../workflows/testing/until.js";
import { apiAs } from "../front-door/testing/clients.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { connect, post, publishFlow } from "../testing/product-front.js";
import { walkAnswers } from "../testing/walk-answers.js";
import type { Client } from "../testing/http.js";

/** What a person said and is called: found in an answer, it was shown. */
const said = {
  comment: "The zebra crossing hums at night",
  name: "Quirina Zanahoria",
  email: "quirina@zanahoria.example",
};
const aDay = { amount: 1, unit: "days" };

const { product } = useProduct({ breaks: true });

interface Told {
  readonly route: string;
  readonly target_kind: string;
  readonly target_id: string;
}

const idOfToken = async (): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select id from api_token order by id desc limit 1`.execute(
    product.database.db,
  );
  return rows[0]?.id ?? "";
};

async function anAdmin(): Promise<{ api: Client; told: () => Promise<readonly Told[]> }> {
  const api = await apiAs(product, "admin");
  const id = await idOfToken();
  const told = async () =>
    (
      await sql<Told>`
        select data ->> 'route' as route, target_kind, target_id from audit_event
        where action = 'person.revealed' and actor_id = ${id} order by id`.execute(product.database.db)
    ).rows;
  return { api, told };
}

let runIds: readonly string[] | undefined;

/** Somebody said something, and a manager is asked about it. */
async function lived(): Promise<readonly string[]> {
  if (runIds) return runIds;
  const api = await apiAs(product, "admin");
  const connectionId = await connect(api, product.sandbox, "slack");
  const words = '{{ feedback.comment | default: "nothing" }}';
  const flow = await publishFlow(api, "Ask", {
    nodes: [
      ["ask", "approval", { connectionId, channel: "#cx", title: words, text: words, expiresAfter: aDay }],
      ["over", "end", { outcome: "asked" }],
    ],
    edges: "start > ask, ask:approved > over, ask:rejected > over, ask:expired > over",
  });
  runIds = (await post(flow, said)).runIds;
  await until(
    async () => ((await api("GET", "/api/approvals")).json as { items: { runId: string }[] }).items,
    (approvals) => approvals.some(({ runId }) => runIds?.includes(runId)),
  );
  return runIds;
}

const shows = (text: string): boolean => Object.values(said).some((words) => text.includes(words));

const asRoute = (template: string): string => template.replaceAll(/\{(\w+)\}/g, ":$1");

test("every route whose answer shows what a person said or is called has told the audit who was shown it", async () => {
  await lived();
  const { api, told } = await anAdmin();
  const walked = await walkAnswers(api, product.database.db);
  const asked = [
    ...walked,
    ...(await Promise.all(
      [{ words: said.email }, { words: "zebra" }].map(async (body) => {
        const path = "/api/privacy/search";
        const { status, text } = await api("POST", path, body);
        return { template: path, path, status, text };
      }),
    )),
  ];
  const showing = asked.filter(({ text }) => shows(text));
  expect([...new Set(showing.map(({ template }) => template))].toSorted()).toEqual([
    "/api/approvals",
    "/api/feedback",
    "/api/flows/{flowId}/past-events",
    "/api/privacy/contacts/{contactId}/export",
    "/api/privacy/search",
    "/api/runs",
    "/api/runs/{runId}",
  ]);
  const entries = await told();
  const untold = showing.filter(
    ({ template, path }) =>
      !entries.some(
        ({ route, target_kind, target_id }) =>
          route === asRoute(template) && (target_kind === "workspace" || path.includes(target_id)),
      ),
  );
  expect(untold.map(({ path }) => path)).toEqual([]);
  // Names of colleagues, flows and settings are no reveal.
  const routes = new Set(entries.map(({ route }) => route));
  for (const route of ["/api/members", "/api/flows", "/api/me", "/api/settings"]) expect(routes).not.toContain(route);
});

test("the same thing shown to the same actor is one entry an hour, however often and from however many processes", async () => {
  const [runId = ""] = await lived();
  const { api, told } = await anAdmin();
  const path = `/api/runs/${runId}`;
  await Promise.all(Array.from({ length: 10 }, () => api("GET", path)));
  await api("GET", "/api/runs");
  await api("GET", "/api/runs?limit=1");
  const entries = await told();
  expect(entries.map(({ route, target_kind }) => `${route} ${target_kind}`).toSorted()).toEqual([
    "/api/runs workspace",
    "/api/runs/:runId run",
  ]);
  expect(entries.find(({ target_kind }) => target_kind === "run")?.target_id).toBe(runId);
});

test("what the audit cannot tell is not shown", async () => {
  const [runId = ""] = await lived();
  const { api, told } = await anAdmin();
  const { db } = product.database;
  await sql`alter table audit_event add constraint full_disk check (action <> 'person.revealed') not valid`.execute(db);
  const refused = await api("GET", `/api/runs/${runId}`);
  await sql`alter table audit_event drop constraint full_disk`.execute(db);
  expect({ status: refused.status, shown: shows(refused.text) }).toEqual({ status: 500, shown: false });
  const again = await api("GET", `/api/runs/${runId}`);
  expect({ status: again.status, shown: shows(again.text), told: (await told()).length }).toEqual({
    status: 200,
    shown: true,
    told: 1,
  });
});

test("the audit's page finds who was shown something, and who was shown this", async () => {
  const [runId = ""] = await lived();
  const { api } = await anAdmin();
  await api("GET", `/api/runs/${runId}`);
  const { json } = await api("GET", `/api/audit?action=person.revealed&targetId=${runId}&limit=1`);
  expect(json).toMatchObject({
    items: [{ action: "person.revealed", target: { kind: "run", id: runId }, data: { route: "/api/runs/:runId" } }],
  });
});
