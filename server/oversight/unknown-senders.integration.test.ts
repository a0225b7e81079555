import { createHash, randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { demoSettings, genericSource } from "../../integrations/generic/index.js";
import { compileTriggers } from "../../workflows/flow/triggers.js";
import { createIngestService, type IngestSource } from "../ingest/ingest-service.js";
import { ingestRoutes } from "../ingest/ingest-routes.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { senderListSchema, type Sender } from "./oversight-api.js";
import { oversightRoutes } from "./oversight-routes.js";
import { MOST_A_DAY } from "./sender-tally.js";
import { createUnknownSenders } from "./unknown-senders.js";

const { vault } = createTestKeys();
const aSecret = (): string => `whsec_${randomBytes(24).toString("base64")}`;
const [secret, ended] = [aSecret(), aSecret()];
const now = new Date();
const known = new Map<string, IngestSource>();
let test: TestDatabase;
let workspaces: TestWorkspaces;
let senders: ReturnType<typeof createUnknownSenders>;
let app: TestApp;

beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
  senders = createUnknownSenders({ db: test.db, firstWorkspaceId: workspaces.here, now: () => now });
  const ingest = createIngestService({
    ...{ db: test.db, vault, now: () => now, onRunsQueued: () => undefined, onAccepted: () => undefined },
    triggers: { of: () => Promise.resolve(compileTriggers([])) },
    figures: { acknowledged: () => undefined, shed: () => undefined, watch: () => undefined },
  });
  const names = () => Promise.resolve(new Map<string, string>());
  const findSource = (id: string) => Promise.resolve(known.get(id) ?? null);
  app = await startTestApp({
    routes: [
      ...ingestRoutes({
        ingest,
        findSource,
        noteRefused: senders.note,
        urlOf: (id) => `https://loop.example/hooks/${id}`,
      }),
      ...oversightRoutes({ db: test.db, names, publicUrl: "https://loop.example", now: () => now }),
    ],
  });
});
beforeEach(async () => {
  await senders.flush();
  await sql`truncate unknown_sender`.execute(test.db);
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

function aSource(difference: Partial<IngestSource> = {}): string {
  const id = randomUUID();
  known.set(id, {
    ...{ id, workspaceId: workspaces.elsewhere, name: "Survey", state: "active", settings: demoSettings },
    ...{ adapter: genericSource, secrets: [secret], endedSecrets: [ended], ...difference },
  });
  return id;
}

async function post(id: string, signedWith: string = secret): Promise<number> {
  const body = JSON.stringify({ responseId: randomUUID(), score: 3 });
  const delivery = randomUUID();
  const headers = {
    "webhook-id": delivery,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(signedWith).sign(delivery, now, body),
  };
  return (await fetch(`${app.url}/hooks/${id}`, { method: "POST", body, headers })).status;
}

async function told(workspaceId: string): Promise<Sender[]> {
  await senders.flush();
  const { json } = await app.as(aToken(workspaceId, "builder"))("GET", "/api/oversight/senders");
  return senderListSchema.parse(json).items;
}

const rows = async (): Promise<number> => {
  const { rows: counted } = await sql<{ n: number }>`select count(*) as n from unknown_sender`.execute(test.db);
  return counted[0]?.n ?? 0;
};

const note = (key: string, workspaceId = workspaces.here): void =>
  senders.note({ key, reason: "unknown", workspaceId, address: "192.0.2.7" });

describe("who posts where nothing is taken from them", () => {
  const anothers = aSecret();
  it.each([
    { reason: "bad_signature", source: {}, signedWith: anothers, status: 401 },
    { reason: "revoked", source: {}, signedWith: ended, status: 401 },
    { reason: "paused", source: { state: "paused" as const }, signedWith: secret, status: 503 },
  ])("is told to the workspace of the source: $reason", async ({ reason, source, signedWith, status }) => {
    const id = aSource(source);
    expect([await post(id, signedWith), await post(id, signedWith)]).toEqual([status, status]);
    const [line, ...others] = await told(workspaces.elsewhere);
    expect(others).toEqual([]);
    const keyPrefix = createHash("sha256").update(id).digest("hex").slice(0, 12);
    expect(line).toMatchObject({
      day: now.toISOString().slice(0, 10),
      reason,
      keyPrefix,
      network: "127.0.0.0/24",
      count: 2,
    });
    expect(JSON.stringify(line)).not.toContain(id);
    expect(await told(workspaces.here)).toEqual([]);
  });

  it.each([randomUUID(), "not-a-source"])("to no source at all (%s) is told to the first workspace", async (id) => {
    expect(await post(id)).toBe(404);
    expect(await told(workspaces.here)).toMatchObject([{ reason: "unknown", count: 1 }]);
    expect(await told(workspaces.elsewhere)).toEqual([]);
  });

  it("is not whoever is heard: nothing is noted, and nothing is written", async () => {
    expect(await post(aSource())).toBe(202);
    const untouched = createUnknownSenders({
      db: new Proxy(test.db, {
        get: () => {
          throw new Error("a statement was made");
        },
      }),
      ...{ firstWorkspaceId: workspaces.here, now: () => now },
    });
    await untouched.flush();
    expect([...(await told(workspaces.here)), ...(await told(workspaces.elsewhere))]).toEqual([]);
  });
});

describe("what is kept of them", () => {
  it("is bounded, however many keys are tried, and counts them all", async () => {
    for (let key = 0; key < 10_000; key += 1) note(`key-${key}`);
    await senders.flush();
    expect(await rows()).toBe(MOST_A_DAY + 1);
    for (let key = 10_000; key < 12_000; key += 1) note(`key-${key}`);
    await senders.flush();
    expect(await rows()).toBe(MOST_A_DAY + 1);
    const lines = await told(workspaces.here);
    expect(lines.reduce((sum, { count }) => sum + count, 0)).toBe(12_000);
    expect(lines[0]).toMatchObject({ keyPrefix: "", network: "", count: 12_000 - MOST_A_DAY });
  });

  it("is bounded though two processes write at once", async () => {
    const other = createUnknownSenders({ db: test.db, firstWorkspaceId: workspaces.here, now: () => now });
    for (let key = 0; key < 300; key += 1) {
      note(`mine-${key}`);
      other.note({ key: `theirs-${key}`, reason: "unknown", workspaceId: workspaces.here, address: undefined });
    }
    await Promise.all([senders.flush(), other.flush()]);
    expect(await rows()).toBe(MOST_A_DAY + 1);
  });

  it("adds up from turn to turn", async () => {
    for (const _turn of [1, 2, 3]) {
      note("the same");
      await senders.flush();
    }
    expect(await told(workspaces.here)).toMatchObject([{ count: 3 }]);
  });

  it("goes after three months", async () => {
    await sql`insert into unknown_sender values (${workspaces.here}, now()::date - 92, 'unknown', 'old', '', 1, now(), now())`.execute(
      test.db,
    );
    note("new");
    await senders.flush();
    expect(await rows()).toBe(1);
  });

  it("is not lost while the database is away", async () => {
    const { db, drop } = await createTestDatabase();
    const there = createUnknownSenders({ db, firstWorkspaceId: workspaces.here, now: () => now });
    there.note({ key: "k", reason: "unknown", workspaceId: null, address: undefined });
    await sql`alter table unknown_sender rename to away`.execute(db);
    await expect(there.flush()).rejects.toThrow();
    await sql`alter table away rename to unknown_sender`.execute(db);
    await there.flush();
    const { rows: kept } = await sql`select count from unknown_sender`.execute(db);
    expect(kept).toEqual([{ count: 1 }]);
    await drop();
  });
});
