import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoSettings, genericSource } from "../../integrations/generic/index.js";
import { aFlow, aNode } from "../../workflows/flow/testing/a-flow.js";
import { compileTriggers } from "../../workflows/flow/triggers.js";
import { effectsOf, requestPlace } from "../../workflows/ledger/effect-store.js";
import { readFacts } from "../../workflows/ledger/fact-store.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { AdvanceDependencies } from "../../workflows/temporal/activities/advance-dependencies.js";
import { createAdvance } from "../../workflows/temporal/activities/advance.js";
import { createLooks } from "../../workflows/temporal/activities/looks.js";
import { decide } from "../../workflows/temporal/activities/decide.js";
import { timingSchema } from "../../workflows/temporal/timing.js";
import { createFakePorts } from "../../workflows/testing/fake-ports.js";
import { lockWaits } from "../../workflows/testing/lock-waits.js";
import { until } from "../../workflows/testing/until.js";
import { loadContexts } from "../execution/load-context.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import { createTestWorkspaces } from "../testing/workspaces.js";
import { commitBatch } from "./commit-batch.js";
import type { AcceptedEvent } from "./event.js";

const { vault } = createTestKeys();
const source = { id: randomUUID(), name: "Survey" };
const post = aNode("action", "post", {
  action: "http.request@1",
  connectionId: null,
  input: { url: "https://example.com/{{ feedback.comment | default: 'nothing' }}" },
});
const flow = aFlow([post], "start > post");
const compiled = compileTriggers([{ flowId: randomUUID(), versionId: randomUUID(), flow }]);
const runUrl = (id: string) => `https://loop.example/runs/${id}`;
const ports = {
  ...createFakePorts({ flow }),
  sealer: vault,
  loadContexts: ((reader, runs) =>
    loadContexts(reader, { vault, runUrl }, runs)) satisfies AdvanceDependencies["ports"]["loadContexts"],
};
let database: TestDatabase;
let dependencies: AdvanceDependencies;
let workspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  workspaceId = (await createTestWorkspaces(database.db, vault)).here;
  await sql`insert into source (id, workspace_id, slug, name, kind, settings, secrets, state, created_at)
    values (${source.id}, ${workspaceId}, 'survey', 'Survey', 'generic', '{}', '', 'active', now())`.execute(
    database.db,
  );
  dependencies = {
    db: database.db,
    ports,
    installationId: "test",
    zones: { nextLocalTime: (from) => from },
    timing: { ...timingSchema.parse({}), showState: false, deadlineOf: () => 1_000 },
  };
});
afterAll(() => database.drop());

/** Each comment is one revision of the same response, all in one batch. */
const say = (responseId: string, ...comments: string[]): Promise<AcceptedEvent[]> =>
  sayAll(comments.map((comment) => ({ responseId, comment })));

/** All in one batch. */
async function sayAll(
  said: readonly { readonly responseId: string; readonly comment: string }[],
): Promise<AcceptedEvent[]> {
  const receivedAt = new Date();
  const events = said.map(({ responseId, comment }) => {
    const mapped = genericSource.toFeedback({ responseId, score: 3, comment }, demoSettings, receivedAt);
    if (!mapped.ok) throw new Error(mapped.reason);
    return { workspaceId, source, feedback: mapped.feedback[0], raw: Buffer.from(""), receivedAt };
  });
  const triggers = { of: () => Promise.resolve(compiled) };
  return transact(database.db, (tx) => commitBatch(tx, { vault, triggers }, events));
}

async function requestsOf(runId: string): Promise<unknown[]> {
  const effects = await effectsOf(database.db, { kind: "run", id: runId });
  const cells = effects.map(({ id, request }) => ({ sealed: request, place: requestPlace(id) }));
  const opened = await vault.open(database.db, cells);
  return opened.map((cell) => (cell.erased ? null : cell.value));
}

const kindsOf = async (runId: string) => (await readFacts(database.db, runId)).map(({ fact }) => fact.kind);

test("a revision that comes while the first step is decided is what the first step sends", async () => {
  const responseId = randomUUID();
  const [first] = await say(responseId, "old");
  const runId = first!.runIds[0]!;
  const looks = createLooks(dependencies);
  const snapshot = (await looks.snapshot(runId))!;
  const progress = await decide(dependencies, snapshot, looks.open);
  await say(responseId, "new");
  expect(await looks.commit({ snapshot, progress, by: "driver" })).toBeNull();
  expect(await requestsOf(runId)).toEqual([]);
  await createAdvance(dependencies).advance(runId, []);
  expect(await requestsOf(runId)).toEqual([expect.objectContaining({ url: "https://example.com/new" })]);
  expect(await kindsOf(runId)).toEqual(["started", "revised", "planned"]);
});

test("the run stays the answer to the revision that started it", async () => {
  const responseId = randomUUID();
  const [first, second] = await say(responseId, "old", "new");
  expect(second?.runIds).toEqual([]);
  expect(await say(responseId, "old", "new")).toEqual([first, second].map((one) => ({ ...one, duplicate: true })));
});

test("runs of different responses are locked in ascending order, in whatever order the events came", async () => {
  const [early, late] = [randomUUID(), randomUUID()];
  const [first, second] = [await say(early, "a"), await say(late, "b")].map(([event]) => event?.runIds[0] ?? "");
  let told: Promise<unknown> = Promise.resolve();
  await transact(database.db, async (tx) => {
    await sql`select from run where id = ${first} for update`.execute(tx);
    told = sayAll([
      { responseId: late, comment: "c" },
      { responseId: early, comment: "d" },
    ]);
    await until(
      () => lockWaits(database.db),
      (n) => n > 0,
      { what: "the batch that waits for the first run" },
    );
    // Whoever waits for the first one holds nothing of the second.
    await sql`select from run where id = ${second} for update nowait`.execute(tx);
  });
  await told;
  for (const run of [first, second]) expect(await kindsOf(run ?? "")).toEqual(["started", "revised"]);
});
