import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { demoSettings } from "../../integrations/generic/index.js";
import { aDraft, aNode } from "../../workflows/flow/testing/a-flow.js";
import { transact } from "../../workflows/ledger/transact.js";
import { startSession } from "../members/sessions.js";
import { noAnswers } from "../oversight/testing/answers.js";
import { clientOf, type Client } from "../testing/http.js";
import { readOpenApi } from "./testing/clients.js";
import { NO_LIMITS } from "./testing/teams.js";
import { useProduct } from "./testing/use-product.js";

const { product } = useProduct({ worker: false });
let admin: Client;
let written: readonly string[];

beforeAll(async () => {
  const { db } = product.database;
  const { adminId } = product.runtime.installation;
  const session = await transact(db, (tx) => startSession(tx, adminId, "link"));
  admin = clientOf(product.url, { cookie: `lw_session=${session}`, origin: product.url });
  const { paths } = await readOpenApi(product.url);
  written = Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((route) => !route.startsWith("GET "));
});

type Known = Record<string, string>;
interface Step {
  readonly route: string;
  readonly body?: object;
  /** What the answer's `id` is called from then on. */
  readonly makes?: string;
}

const team = { ...NO_LIMITS, name: "Ours" };
const choices = { restricted: true, consents: [], objections: [] };
const user = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "scim@acme.example", active: true };
const ask = {
  ...{ kind: "source", name: "Survey", purpose: "Ask", why: "To know", lawfulBasis: "consent" },
  ...{ dataClasses: ["scores"], dataSubjects: ["customers"] },
};
const asking: Step = { route: "POST /api/oversight/requests", body: ask };

/** In this order: each makes or changes something. */
const steps = (known: Known): readonly Step[] => [
  {
    route: "POST /api/flows",
    body: { name: "Told", draft: aDraft([aNode("end", "end")], "start > end") },
    makes: "flowId",
  },
  { route: "POST /api/flow-files", body: { file: "schema: 1\nflow: Told\nsteps: {}\n...\n" } },
  { route: "PATCH /api/flows/{flowId}", body: { name: "Told again" } },
  {
    route: "PUT /api/flows/{flowId}/draft",
    body: { draft: aDraft([aNode("end", "end")], "start > end"), revision: 0 },
  },
  {
    route: "POST /api/flows/{flowId}/tests",
    body: { name: "Told", event: { kind: "madeUp", feedback: { metric: "nps" } } },
    makes: "testId",
  },
  { route: "DELETE /api/flows/{flowId}/tests/{testId}" },
  { route: "POST /api/flows/{flowId}/publish", body: { revision: 1 } },
  { route: "POST /api/flows/{flowId}/pause" },
  { route: "POST /api/flows/{flowId}/resume" },
  { route: "POST /api/flows/{flowId}/unpublish" },
  { route: "DELETE /api/flows/{flowId}" },
  { route: "POST /api/sources", body: { name: "Told", kind: "generic", settings: demoSettings }, makes: "sourceId" },
  { route: "PUT /api/sources/{sourceId}", body: { name: "Told again" } },
  { route: "POST /api/sources/{sourceId}/rotate" },
  { route: "POST /api/sources/{sourceId}/samples", body: { sample: "promoter" } },
  { route: "PUT /api/oversight/sources/{sourceId}", body: { ...noAnswers, purpose: "Ask" } },
  { route: "PUT /api/oversight/connections/{connectionId}", body: { ...noAnswers, purpose: "Tell" } },
  { route: "POST /api/connections/{connectionId}/pause" },
  { route: "POST /api/connections/{connectionId}/resume" },
  { route: "PUT /api/connections/{connectionId}", body: { name: "Told again" } },
  asking,
  { route: "POST /api/members", body: { name: "Told", email: "told@acme.example", role: "viewer" }, makes: "memberId" },
  { route: "PATCH /api/members/{memberId}", body: { role: "builder" } },
  { route: "POST /api/members/{memberId}/link", body: {} },
  { route: "POST /api/teams", body: team, makes: "teamId" },
  { route: "PUT /api/teams/{teamId}", body: { ...team, name: "Ours again" } },
  { route: "DELETE /api/teams/{teamId}" },
  { route: "POST /api/accounts/import", body: { accounts: [{ name: "Told" }, { name: "Below", parent: "Told" }] } },
  { route: "POST /api/tokens", body: { name: "Told", role: "viewer", expiresInDays: 1 }, makes: "tokenId" },
  { route: "DELETE /api/tokens/{tokenId}" },
  { route: "POST /scim/v2/Users", body: user, makes: "memberId" },
  { route: "PUT /scim/v2/Users/{memberId}", body: { ...user, displayName: "Told" } },
  { route: "DELETE /scim/v2/Users/{memberId}" },
  { route: "PATCH /api/privacy/contacts/{contactId}", body: { name: "Told again" } },
  { route: "PUT /api/privacy/contacts/{contactId}/choices", body: choices },
  { route: "POST /api/privacy/search", body: { words: "told@acme.example" } },
  {
    route: "POST /api/privacy/holds",
    body: { about: { kind: "source", id: known["sourceId"] }, reason: "A claim" },
    makes: "holdId",
  },
  { route: "POST /api/privacy/holds/{holdId}/lift" },
  { route: "PUT /api/privacy/retention", body: { general: { contentDays: 900, responseDays: 999 }, sources: [] } },
  { route: "POST /api/privacy/erasures", body: { contactIds: [known["contactId"]] } },
  { route: "PUT /api/feedback/search", body: { on: true } },
  { route: "PUT /api/settings", body: { fourEyes: true } },
  { route: "POST /api/views", body: { page: "runs", name: "Told", filter: { state: "stuck" } }, makes: "viewId" },
  { route: "PATCH /api/views/{viewId}", body: { name: "Told again" } },
  { route: "DELETE /api/views/{viewId}" },
  { route: "POST /api/runs/contact", body: { email: "told@acme.example" } },
  { route: "POST /api/runs/{runId}/cancel", body: {} },
  { route: "PATCH /api/account", body: { name: "Told", email: "admin@acme.example" } },
  { route: "PUT /api/account/password", body: { password: "four rusty bicycles" } },
];

/** They change nothing that lasts. */
const tellNothing: Readonly<Record<string, string>> = {
  "POST /api/flows/{flowId}/check": "only looks",
  "POST /api/flows/{flowId}/preview": "only looks; whom it shows is told as everywhere",
  "POST /api/flows/{flowId}/tests/run": "sends nothing and keeps nothing",
  "POST /api/flows/{flowId}/try": "sends nothing and keeps nothing; whom it shows is told as everywhere",
  "PUT /api/flows/{flowId}/presence/{tabId}": "a page is open; its row lives for minutes",
  "DELETE /api/flows/{flowId}/presence/{tabId}": "a page is closed",
  "POST /api/privacy/retention/outlook": "only counts",
  "POST /api/account/second-factor": "a secret that counts once a code of it was confirmed, which is told",
  "POST /api/account/passkeys/options": "a challenge; the passkey that is made with it is told",
  "POST /api/sign-in/passkey/options": "a challenge; the sign-in by it is told",
  "POST /hooks/{sourceId}": "an event, which is kept itself",
  "POST /webhooks/jira/{connectionId}": "news of issues, which runs keep as facts",
  "DELETE /api/session": "ends nobody's session but the one it came by",
};

/** They need what this walk has not: another product, a device, a stuck step, a second person. By the file that writes their entry. */
const toldBy: Readonly<Record<string, readonly string[]>> = {
  "connections/connection-service.ts": ["POST /api/connections", "DELETE /api/connections/{connectionId}"],
  "tries/begin-step.ts": ["POST /api/flows/{flowId}/real-steps"],
  "presence/presence-service.ts": ["POST /api/flows/{flowId}/presence/{tabId}/take"],
  "starts/start-service.ts": ["POST /api/flows/{flowId}/runs"],
  "runs/run-actions.ts": [
    ...["look-again", "retry", "settle", "skip"].map((deed) => `POST /api/runs/{runId}/steps/{nodeId}/${deed}`),
    "POST /api/runs/many",
  ],
  "runs/many-runs.ts": ["POST /api/runs/resume-group"],
  "ingest/quarantine-service.ts": ["POST /api/quarantine/{quarantineId}/replay"],
  "oversight/requests.ts": ["approve", "decline", "link"].map(
    (deed) => `POST /api/oversight/requests/{requestId}/${deed}`,
  ),
  "people/people-routes.ts": ["merge", "unmerge"].map((deed) => `POST /api/privacy/contacts/{contactId}/${deed}`),
  "passkeys/passkey-service.ts": [
    "DELETE /api/account/passkeys/{passkeyId}",
    "PATCH /api/account/passkeys/{passkeyId}",
    "POST /api/account/passkeys",
  ],
  "accounts/accounts-service.ts": ["PUT /api/accounts/{accountId}"],
  "members/account-service.ts": ["confirm", "remove"].map((deed) => `POST /api/account/second-factor/${deed}`),
  "members/account-routes.ts": ["DELETE /api/account/sessions", "DELETE /api/account/sessions/{sessionId}"],
  "members/sign-in.ts": ["POST /api/sign-in", "POST /api/sign-in/passkey", "POST /sign-in/confirm"],
  "members/change-member.ts": ["PATCH /scim/v2/Users/{memberId}"],
  "sign-in-providers/change-provider.ts": ["/api/sign-in-provider", "/api/saml-provider"].flatMap((path) =>
    ["PUT", "DELETE"].map((method) => `${method} ${path}`),
  ),
  "sign-in-providers/unlink.ts": ["DELETE /api/members/{memberId}/provider-link"],
  "sign-in-providers/enter.ts": ["POST /sign-in/saml"],
  "approvals/approval-service.ts": ["POST /slack/interactivity"],
};

async function begin(): Promise<Known> {
  const one = async (table: string): Promise<string> => {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} limit 1`.execute(product.database.db);
    return rows[0]?.id ?? "";
  };
  return {
    ...{ connectionId: await one("connection"), sourceId: await one("source") },
    ...{ contactId: await one("contact"), runId: await openRun() },
  };
}

async function openRun(): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from run where finished_at is null limit 1`.execute(
    product.database.db,
  );
  return rows[0]?.id ?? "";
}

async function entries(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit_event`.execute(product.database.db);
  return rows[0]?.n ?? 0;
}

const made = z.looseObject({ id: z.string().optional(), member: z.object({ id: z.string() }).optional() });

it("every write leaves an entry in the audit, but for those that are named here with their reason", async () => {
  const known = await begin();
  const wrong: string[] = [];
  for (const { route, body, makes } of steps(known)) {
    const [method = "", path = ""] = route.split(" ");
    const before = await entries();
    const answer = await admin(
      method,
      path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => known[name] ?? "?"),
      body,
    );
    if (answer.status >= 300) wrong.push(`${route}: ${answer.status} ${answer.text}`);
    else if ((await entries()) === before) wrong.push(`${route}: told nothing`);
    const { id, member } = made.catch({}).parse(answer.json);
    if (makes) known[makes] = id ?? member?.id ?? "";
  }
  expect(wrong).toEqual([]);
});

it("a write route that is new is walked, or named with its reason", async () => {
  for (const file of Object.keys(toldBy))
    expect([file, await readFile(new URL(`../${file}`, import.meta.url), "utf8")]).toEqual([
      file,
      expect.stringMatching(/\baudit(By)?\(/),
    ]);
  const walked = steps({}).map(({ route }) => route);
  const named = [...walked, ...Object.keys(tellNothing), ...Object.values(toldBy).flat()];
  expect(named.toSorted()).toEqual(written.toSorted());
});
