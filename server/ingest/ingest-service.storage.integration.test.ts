import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoSettings, genericSource } from "../../integrations/generic/index.js";
import { aFlow, aNode } from "../../workflows/flow/testing/a-flow.js";
import { compileTriggers } from "../../workflows/flow/triggers.js";
import { aToken } from "../testing/http.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import type { IncomingEvent } from "./event.js";
import { createIngestService, type IngestService, type IngestSource } from "./ingest-service.js";
import { createQuarantineService } from "./quarantine-service.js";

const { vault } = createTestKeys();
const everyChange = aFlow([aNode("end", "end")], "start > end");
const flow = {
  ...everyChange,
  nodes: everyChange.nodes.map((node) =>
    node.type === "trigger" ? { ...node, config: { ...node.config, on: "everyChange" as const } } : node,
  ),
};
const compiled = compileTriggers([{ flowId: randomUUID(), versionId: randomUUID(), flow }]);
const brokenWorkspace = randomUUID();
const secret = `whsec_${randomBytes(24).toString("base64")}`;
let database: TestDatabase;
let ingest: IngestService;
let now = new Date("2026-03-01T12:00:00.000Z");

beforeAll(async () => {
  database = await createTestDatabase();
  ingest = createIngestService({
    db: database.db,
    vault,
    triggers: {
      of: (_tx, workspaceId) =>
        workspaceId === brokenWorkspace
          ? Promise.reject(new Error("a flow of theirs is broken"))
          : Promise.resolve(compiled),
    },
    now: () => now,
    onRunsQueued: () => undefined,
    onAccepted: () => undefined,
    figures: { acknowledged: () => undefined, shed: () => undefined, watch: () => undefined },
  });
});
afterAll(() => database.drop());

const aSource = (difference: Partial<IngestSource> = {}): IngestSource => ({
  id: randomUUID(),
  workspaceId: randomUUID(),
  name: "Survey",
  state: "active",
  settings: demoSettings,
  adapter: genericSource,
  secrets: [secret],
  endedSecrets: [],
  ...difference,
});

function deliver(source: IngestSource, body: object, deliveryId: string = randomUUID()) {
  const rawBody = Buffer.from(JSON.stringify(body));
  const headers = {
    "webhook-id": deliveryId,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(deliveryId, now, rawBody),
  };
  return ingest.accept(source, { rawBody, headers });
}

const anEvent = (source: IngestSource, deliveryId: string): IncomingEvent => {
  const raw = Buffer.from(JSON.stringify({ responseId: randomUUID(), score: 3 }));
  const mapped = source.adapter.toFeedback(JSON.parse(raw.toString()), source.settings, now);
  if (!mapped.ok) throw new Error(mapped.reason);
  const [feedback] = mapped.feedback;
  return { workspaceId: source.workspaceId, source, deliveryId, feedback, raw, receivedAt: now };
};

/** It has delivered before, so that its workspace has keys that no failed batch can take back. */
async function aKnownSource(): Promise<IngestSource> {
  const source = aSource();
  await deliver(source, { responseId: randomUUID(), score: 3 });
  return source;
}

const statusesOf = async (stored: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(stored)).map(({ status }) => status);
const twenty = (source: IngestSource) => Array.from({ length: 20 }, () => anEvent(source, randomUUID()));
const allAccepted = Array.from({ length: 20 }, () => "fulfilled");

test("a body that names no time is the same event with the same answer and one run, whenever it is delivered again", async () => {
  const source = aSource();
  const body = { responseId: randomUUID(), score: 3, comment: "It fails" };
  const first = await deliver(source, body);
  now = new Date(now.getTime() + 90_000);
  expect(await deliver(source, body)).toEqual(first);
  expect(first.runIds).toHaveLength(1);
  const { rows } = await sql`select 1 from run where workspace_id = ${source.workspaceId}`.execute(database.db);
  expect(rows).toHaveLength(1);
});

test("a body that names another time than before is a change", async () => {
  const source = aSource();
  const body = { responseId: randomUUID(), score: 3, submittedAt: "2026-03-01T11:00:00Z" };
  const first = await deliver(source, body);
  const second = await deliver(source, { ...body, submittedAt: "2026-03-01T11:30:00Z" });
  expect(second.eventId).not.toBe(first.eventId);
});

/** Its delivery could not be read, until the mapping was mended. */
async function aHeldDelivery() {
  const source = aSource();
  const { eventId } = await deliver(source, { id: "r-1", score: 3 });
  const mended = { ...source, settings: { ...demoSettings, mapping: { ...demoSettings.mapping, responseId: "$.id" } } };
  const findSource = () => Promise.resolve(mended);
  const quarantine = createQuarantineService({ db: database.db, vault, ingest, findSource });
  return { source, id: eventId!, quarantine };
}

test("a replayed delivery that names no time happened and was received when it came, not when it was replayed", async () => {
  const { source, id, quarantine } = await aHeldDelivery();
  const came = new Date("2026-02-01T08:00:00.000Z");
  await sql`update quarantine set received_at = ${came} where id = ${id}`.execute(database.db);
  const replayed = await quarantine.replay(aToken(source.workspaceId), id);
  const { rows } = await sql`select occurred_at, received_at from revision where id = ${replayed.eventId}`.execute(
    database.db,
  );
  expect(rows).toEqual([{ occurred_at: came, received_at: came }]);
  const { rows: told } = await sql`
    select action, data from audit_event where target_id = ${id}`.execute(database.db);
  expect(told).toEqual([{ action: "quarantine.replayed", data: { read: true } }]);
});

test("a token that is limited to some sources replays what came to those, and finds nothing of another", async () => {
  const { source, id, quarantine } = await aHeldDelivery();
  const limitedTo = (...sources: string[]) => ({
    ...aToken(source.workspaceId),
    scope: { permissions: ["sources:manage" as const], things: { flow: null, source: sources, connection: null } },
  });
  await expect(quarantine.replay(limitedTo(randomUUID()), id)).rejects.toMatchObject({ status: 404 });
  const { rows } = await sql`select state from quarantine where id = ${id}`.execute(database.db);
  expect(rows).toEqual([{ state: "held" }]);
  const replayed = await quarantine.replay(limitedTo(randomUUID(), source.id), id);
  expect(replayed).toMatchObject({ reason: null, runIds: { length: 1 } });
});

test("an event that the database cannot store fails alone: the twenty beside it are accepted", async () => {
  const source = await aKnownSource();
  // Too much for a row of an index, even compressed.
  const bad = anEvent(source, randomBytes(4_000).toString("hex"));
  const [failed, ...others] = await statusesOf([bad, ...twenty(source)].map((event) => ingest.store(event)));
  expect(failed).toBe("rejected");
  expect(others).toEqual(allAccepted);
});

test("a workspace whose flows cannot be judged fails alone: the twenty events of another are accepted", async () => {
  const broken = anEvent(aSource({ workspaceId: brokenWorkspace }), "d");
  const other = await aKnownSource();
  const [failed, ...others] = await statusesOf([broken, ...twenty(other)].map((event) => ingest.store(event)));
  expect(failed).toBe("rejected");
  expect(others).toEqual(allAccepted);
});

test("a delivery id of more than 255 characters is refused with the reason, and one of 255 is taken", async () => {
  const source = aSource();
  const body = { responseId: randomUUID(), score: 3 };
  await expect(deliver(source, body, "x".repeat(256))).rejects.toMatchObject({
    status: 400,
    code: "delivery_id_too_long",
    message: /webhook-id.* longer than 255 characters/,
  });
  expect((await deliver(source, body, "x".repeat(255))).runIds).toHaveLength(1);
});
