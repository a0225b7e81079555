import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { httpLoopback } from "../../integrations/testing/loopback.js";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import { connectionsOf, draftFor, finished, publishFlow, quiet, runUntil } from "./testing/runs.js";
import { cardOf, CX } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

/**
 * What was acknowledged, claimed, settled or decided is on disk before anybody goes on; what a look wrote in between goes with the
 * next of these. Told by the statements of the transactions themselves: where nothing was set, the server's own setting holds.
 */
const { received, url, host, close } = await httpLoopback((_, response) => response.end("taken"));
afterAll(close);
const { product, api } = useProduct({ allowPrivate: [host] });

const watched = {
  revision: "insert",
  effect: "insert or update",
  effect_attempt: "insert or update",
  approval: "update",
};

async function watchCommits(): Promise<void> {
  const { db } = product.database;
  await sql`create table told_commit (what text, sets boolean)`.execute(db);
  await sql`create function tell_commit() returns trigger language plpgsql as $$ begin
    insert into told_commit select tg_table_name || ' ' || lower(tg_op), source = 'session' from pg_settings
    where name = 'synchronous_commit'; return null; end $$`.execute(db);
  for (const [table, when] of Object.entries(watched))
    await sql`create trigger tell_commit after ${sql.raw(when)} on ${sql.table(table)} execute function tell_commit()`.execute(
      db,
    );
}

/** How each kind of writing was committed: only at once, only later, or both. */
async function commits(): Promise<Record<string, readonly string[]>> {
  const { rows } = await sql<{ what: string; how: string[] }>`
    select what, array_agg(distinct case when sets then 'later' else 'at once' end) as how from told_commit
    group by what`.execute(product.database.db);
  return Object.fromEntries(rows.map(({ what, how }) => [what, how]));
}

beforeAll(async () => {
  await quiet(api);
  await watchCommits();
});

it("waits for the disk before it acknowledges, sends or goes on from an answer, and for nothing that it only planned", async () => {
  const config = { action: "http.request@1", connectionId: null, input: { url: `${url}/told`, body: "{}" } };
  await publishFlow(api, "flushed", draftFor("flushed", [aNode("action", "tell", config)], "start > tell"));
  const { runIds } = await deliver(product, await demoSource(product), aResponse({ product: "flushed", score: 9 }));
  for (const id of runIds) await finished(api, id);
  expect(received).toHaveLength(1);
  expect(await commits()).toMatchObject({
    "revision insert": ["at once"],
    "effect insert": ["later"],
    "effect update": ["at once"],
    "effect_attempt insert": ["at once"],
    "effect_attempt update": ["at once"],
  });
});

it("waits for the disk before it says that the time of an approval is up", async () => {
  const { slack } = await connectionsOf(api);
  const ask = aNode("approval", "ask", {
    ...{ connectionId: slack, channel: CX, title: "Call?", text: "Unhappy. {{ run.url }}" },
    expiresAfter: { amount: 4, unit: "hours" },
  });
  const drawn = [ask, aNode("end", "late", { outcome: "late" })];
  await publishFlow(api, "asked", draftFor("asked", drawn, "start > ask, ask:approved > late, ask:expired > late"));
  const { runIds } = await deliver(product, await demoSource(product), aResponse({ product: "asked", score: 9 }));
  for (const id of runIds) {
    await cardOf(product, id);
    await runUntil(api, id, ({ state }) => state === "waiting");
  }
  await sql`create or replace function lw_now() returns timestamptz language sql volatile as
    ${sql.lit("select clock_timestamp() + interval '4 hours'")}`.execute(product.database.db);
  for (const id of runIds) {
    product.runtime.ports.wake(id);
    await finished(api, id);
  }
  expect(await commits()).toMatchObject({ "approval update": ["at once"] });
});
