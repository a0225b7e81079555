import { sql } from "kysely";
import { expect, onTestFinished, test, vi } from "vitest";
import { until } from "../../workflows/testing/until.js";
import { JIRA_ACCOUNT, SALESFORCE_ACCOUNT, SLACK_ACCOUNT } from "../../integrations/sandbox/sandbox-accounts.js";
import { startSandbox } from "../../integrations/sandbox/index.js";
import { canary, foundIn } from "../testing/canaries.js";
import { allHistories, readings } from "../testing/histories.js";
import { createTestKeys } from "../testing/keys.js";
import { deeds, post, postRaw, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { walkAnswers } from "../testing/walk-answers.js";
import { backUp, readable } from "../testing/whole-database.js";
import { cruelFailures, startCruelSystem, type CruelFailure, type CruelSystem } from "./testing/cruel-system.js";
import { PATIENCE_MS } from "./testing/settled.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

const canaries = {
  botToken: canary("xoxb-cnry-"),
  appToken: canary("xapp-cnry-"),
  signingSecret: canary("sign-cnry-"),
  apiToken: canary("jira-cnry-"),
  webhookSecret: canary("hook-cnry-"),
  clientSecret: canary("sf-cnry-"),
  headerValue: canary("head-cnry-"),
};

/** What each system knows of them, and what the sandbox behind it takes in their place. */
const known = {
  slack: new Map<string, string>([
    [canaries.botToken, SLACK_ACCOUNT.botToken],
    [canaries.appToken, SLACK_ACCOUNT.appToken],
  ]),
  jira: new Map<string, string>([[canaries.apiToken, JIRA_ACCOUNT.apiToken]]),
  salesforce: new Map<string, string>([[canaries.clientSecret, SALESFORCE_ACCOUNT.clientSecret]]),
  http: new Map<string, string>([[canaries.headerValue, "anything"]]),
};

type Name = "slack" | "jira" | "salesforce" | "http";
type Systems = Readonly<Record<Name, CruelSystem>>;

async function startSystems(): Promise<Systems> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const before = async (name: Name): Promise<CruelSystem> => {
    const system = await startCruelSystem(name === "http" ? null : sandbox.baseUrl(name), known[name]);
    onTestFinished(() => system.close());
    return system;
  };
  return {
    ...{ slack: await before("slack"), jira: await before("jira") },
    ...{ salesforce: await before("salesforce"), http: await before("http") },
  };
}

const accounts = ({ slack, jira, salesforce, http }: Systems) => ({
  slack: {
    config: { apiUrl: `${slack.url}/api/` },
    secret: { botToken: canaries.botToken, signingSecret: canaries.signingSecret, appToken: canaries.appToken },
  },
  jira: {
    config: { site: jira.url, email: JIRA_ACCOUNT.email },
    secret: { apiToken: canaries.apiToken, webhookSecret: canaries.webhookSecret },
  },
  salesforce: {
    config: { loginUrl: salesforce.url, grant: "client_credentials", clientId: SALESFORCE_ACCOUNT.clientId },
    secret: { clientSecret: canaries.clientSecret },
  },
  http: { config: { baseUrl: http.url }, secret: { headerValue: canaries.headerValue } },
});

const deedsOf = (name: Name, connectionId: string) =>
  name === "slack"
    ? deeds.slack(connectionId, "#support")
    : name === "http"
      ? { action: "http.request@1", connectionId, input: { method: "POST", url: "/things", body: "{}" } }
      : deeds[name](connectionId);

interface Connected {
  readonly name: Name;
  readonly id: string;
  readonly account: object;
  readonly flow: FlowHandle;
}

async function connectAll({ api }: Product, systems: Systems): Promise<readonly Connected[]> {
  const connected: Connected[] = [];
  for (const [connector, account] of Object.entries(accounts(systems))) {
    const name = connector as Name;
    const made = await api("POST", "/api/connections", { connector, name, ...account });
    expect(made.status, made.text).toBe(201);
    const { id } = made.json as { id: string };
    const flow = await publishFlow(api, name, {
      nodes: [["deed", "action", deedsOf(name, id)]],
      edges: "start > deed",
    });
    connected.push({ name, id, account, flow });
  }
  return connected;
}

/** One event a system while all of them fail like this; what people do meanwhile on the pages fails, too. */
async function suffer(
  product: Product,
  { systems, connected }: { systems: Systems; connected: readonly Connected[] },
  failing: CruelFailure | null,
): Promise<readonly string[]> {
  const { api, db } = product;
  for (const { id } of connected) await api("POST", `/api/connections/${id}/resume`);
  for (const system of Object.values(systems)) system.failing = failing;
  const runIds = (await Promise.all(connected.map(({ flow }) => post(flow)))).flatMap((posted) => posted.runIds);
  const answers = failing === "no answer" ? [] : await askOnPages(product, connected);
  await until(
    async () =>
      (
        await sql<{ tried: number }>`
          select count(distinct effect.id)::int as tried from effect join effect_attempt on effect_id = effect.id
          where owner_id = any(${runIds}::uuid[]) and ended_at is not null`.execute(db)
      ).rows[0]?.tried,
    (tried) => tried === connected.length,
    { what: `an attempt of each system while it fails by ${failing}` },
  );
  for (const system of Object.values(systems)) system.failing = null;
  for (const runId of failing === null ? [] : runIds) await api("POST", `/api/runs/${runId}/cancel`);
  return answers;
}

async function askOnPages({ api }: Product, connected: readonly Connected[]): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const { id, name, account } of connected) {
    const answers = [
      await api("PUT", `/api/connections/${id}`, account),
      await api("POST", "/api/connections", { connector: name, name: "Another", ...account }),
      await api("POST", "/api/connections", { connector: name, name: 7, ...account }),
      await api("POST", `/api/connections/${id}/options/channels`, { query: "", values: {} }),
      await api("POST", `/api/connections/${id}/options/projects`, { query: "", values: {} }),
    ];
    texts.push(...answers.map(({ text }) => text));
  }
  return texts;
}

/** What is sealed, as it reads once it is opened. */
async function opened({ db, kek }: Product): Promise<string> {
  const { vault } = createTestKeys(Buffer.from(kek, "base64"));
  const { rows } = await sql<{ place: string; sealed: Buffer }>`
    select 'effect.request|' || id as place, request as sealed from effect union all
    select 'effect.message|' || id, message from effect where message is not null union all
    select 'effect.message|' || effect_id, message from effect_attempt where message is not null union all
    select 'run_fact.sealed|' || run_id || '|' || seq, sealed from run_fact where sealed is not null union all
    select 'revision.raw|' || id, raw from revision`.execute(db);
  const cells = await vault.open(db, rows);
  expect(cells.filter(({ erased }) => erased)).toEqual([]);
  return cells.map((cell) => (cell.erased ? "" : asText(cell.value))).join("\n");
}

const asText = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString() : JSON.stringify(value));

async function pendingOf({ temporal }: Product): Promise<string> {
  const told: string[] = [];
  for await (const { workflowId, runId } of temporal.workflow.list())
    told.push(JSON.stringify((await temporal.workflow.getHandle(workflowId, runId).describe()).raw));
  return told.join("\n");
}

async function everything(product: Product): Promise<Record<string, string>> {
  const { api, worker } = product.roles();
  const answers = await walkAnswers(product.api, product.db);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  return {
    ...Object.fromEntries(answers.map(({ path, text }) => [path, text])),
    database: readable(await backUp(product.db)),
    "what is sealed": await opened(product),
    "Temporal's histories": (await allHistories(product.temporal)).map(readings).join("\n"),
    "Temporal's executions": await pendingOf(product),
    "the api's log": api.output.join("\n"),
    "the worker's log": worker.output.join("\n"),
  };
}

test("a secret is nowhere but where it is sealed, however the systems that it opens fail and whatever they tell back", async () => {
  const systems = await startSystems();
  const allowPrivate = Object.values(systems).map(({ host }) => host);
  const product = await startProduct({ allowPrivate, logLevel: "trace" });
  onTestFinished(() => product.stop());
  const connected = await connectAll(product, systems);
  const own = { systems, connected };

  const answers = [...(await suffer(product, own, null))];
  for (const failing of cruelFailures) answers.push(...(await suffer(product, own, failing)));
  const [{ flow }] = connected as [Connected];
  answers.push(await (await postRaw({ url: flow.url, secret: canary("whsec_").slice(0, 30) }, "{}")).text());

  const secrets = {
    ...canaries,
    kek: product.kek,
    ...Object.fromEntries(connected.map(({ name, flow: { secret } }) => [`the source's, ${name}`, secret])),
  };
  const places: Record<string, string> = { ...(await everything(product)), "answers to people": answers.join("\n") };
  expect(foundIn(places, secrets)).toEqual([]);
  expect(places["what is sealed"]).toContain("Somebody said something");
  // The search finds what is there.
  expect(
    foundIn(
      { log: `${places["the api's log"]} ${Buffer.from(`é ${canaries.apiToken} é`).toString("base64")}` },
      secrets,
    ),
  ).toHaveLength(1);
});
