import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import type { Incident } from "../../workflows/ports.js";
import { createFakePorts } from "../../workflows/testing/fake-ports.js";
import { anEffect, aRun, claimEffect, findEffect } from "../../workflows/testing/ledger-rows.js";
import type { InboundConnection } from "../connections/connection-execution.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import type { RefusedSender } from "../oversight/unknown-senders.js";
import { startTestApp, type TestApp } from "../testing/http.js";
import { jiraEventRoutes } from "./jira-events.js";

const SECRET = "a-secret-of-some-length";
const CONNECTION = randomUUID();
const incidents: Incident[] = [];
const ports = createFakePorts({ incidents });
const refused: RefusedSender[] = [];

let test: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  test = await createTestDatabase();
  const [none] = await ports.openConnections(test.db, [null]);
  if (!none) throw new Error("the fake ports open no connection");
  const { http } = none;
  const connection: InboundConnection = {
    ...{ id: CONNECTION, workspaceId: randomUUID(), state: "ok", facts: {} },
    ...{ config: { site: "https://acme.example" }, secret: {}, secrets: { webhookSecret: SECRET }, http },
  };
  const openInbound = () => Promise.resolve(connection);
  app = await startTestApp({
    routes: jiraEventRoutes({ db: test.db, ports, openInbound, noteRefused: (one) => void refused.push(one) }),
  });
});
afterAll(async () => {
  await app.close();
  await test.drop();
});
beforeEach(() => {
  incidents.length = 0;
});

/** Sent, and not answered yet. */
async function sent(): Promise<{ id: string; key: string }> {
  const run = await aRun(test.db);
  const effectId = await anEffect(test.db, ports.sealer, run, {
    action: "jira.createIssue@1",
    connectionId: CONNECTION,
  });
  const claim = { effectId, token: randomUUID(), claimMs: 60_000, slots: [] };
  await transact(test.db, (tx) => claimEffect(tx, { kind: "run", id: run.id }, claim));
  return { id: effectId, key: (await findEffect(test.db, effectId))!.key };
}

type Told = "jira:issue_created" | "jira:issue_updated";

async function jiraTells(
  webhookEvent: Told,
  issueKey: string,
  effectKey: string,
  properties?: object,
): Promise<unknown> {
  const fields = { labels: [effectKey.replace(/^lw_/, "lw-")], status: { name: "To Do" } };
  const body = JSON.stringify({ webhookEvent, issue: { id: `1${issueKey}`, key: issueKey, fields, properties } });
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-hub-signature": `sha256=${signature}` };
  const answer = await fetch(`${app.url}/webhooks/jira/${CONNECTION}`, { method: "POST", body, headers });
  return (await answer.json()) as unknown;
}

it("news with a wrong signature are refused, and who sent them is noted", async () => {
  const headers = { "content-type": "application/json", "x-hub-signature": "sha256=00" };
  const answer = await fetch(`${app.url}/webhooks/jira/${CONNECTION}`, { method: "POST", body: "{}", headers });
  expect(answer.status).toBe(401);
  expect(refused).toMatchObject([{ key: CONNECTION, reason: "bad_signature", address: "127.0.0.1" }]);
});

it("a new issue with our label settles its effect before the answer came", async () => {
  const { id, key } = await sent();
  expect(await jiraTells("jira:issue_created", "SUP-1", key)).toEqual({ settled: true });
  expect(await findEffect(test.db, id)).toMatchObject({ state: "done", external_id: "SUP-1" });
});

it("a change to an issue with our label settles nothing: it may be a clone", async () => {
  const { id, key } = await sent();
  expect(await jiraTells("jira:issue_updated", "SUP-2", key)).toEqual({ settled: false });
  expect(await findEffect(test.db, id)).toMatchObject({ state: "sending" });
});

it.each<Told>(["jira:issue_created", "jira:issue_updated"])(
  "%s of a clone, which carries the label of its original, is no double",
  async (event) => {
    const { id, key } = await sent();
    await jiraTells("jira:issue_created", "SUP-3", key);
    expect(await jiraTells(event, "SUP-4", key)).toEqual({ settled: false });
    expect(incidents).toEqual([]);
    expect(await findEffect(test.db, id)).toMatchObject({ external_id: "SUP-3" });
  },
);

it("a second new issue whose own property says the effect's key is a double", async () => {
  const { key } = await sent();
  await jiraTells("jira:issue_created", "SUP-5", key);
  await jiraTells("jira:issue_created", "SUP-6", key, { loopwright: { k: key } });
  expect(incidents).toMatchObject([{ kind: "effect_doubled", code: "SUP-5 and SUP-6" }]);
});

it("an issue that was moved and so has another key is no double", async () => {
  const { key } = await sent();
  const properties = { loopwright: { k: key } };
  await jiraTells("jira:issue_created", "SUP-7", key, properties);
  await jiraTells("jira:issue_updated", "OPS-1", key, properties);
  expect(incidents).toEqual([]);
});
