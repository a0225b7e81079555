import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type OpenDatabase } from "../db/database.js";
import { migrate } from "../db/migrate.js";
import { migrations } from "../migrations.js";
import { createEmptyDatabase } from "../testing/database.js";

let made: Awaited<ReturnType<typeof createEmptyDatabase>>;
let own: OpenDatabase;
beforeAll(async () => {
  made = await createEmptyDatabase();
  own = openDatabase({ url: made.url, maxConnections: 1, applicationName: "test" });
});
afterAll(async () => {
  await own.db.destroy();
  await made.drop();
});

/** As the version before 0048 writes them. */
async function olderVersionStores(): Promise<void> {
  const [id, workspaceId, sourceId] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`
    insert into response (id, workspace_id, source_id, external_id, subject_id, revisions, created_at)
    values (${id}, ${workspaceId}, ${sourceId}, 'r-1', ${id}, 1, now())`.execute(own.db);
  await sql`
    insert into revision (id, workspace_id, response_id, source_id, ordinal, content_hash, received_at, occurred_at, kind, metric, domain,
      attributes, complete, outcome)
    values (${id}, ${workspaceId}, ${id}, ${sourceId}, 0, '\\x00', now(), now(), 'completed', 'nps', 'customer', '{}', true, 'matched')
    `.execute(own.db);
  await sql`
    insert into delivery (source_id, delivery_id, revision_id, received_at)
    values (${sourceId}, 'd-1', ${id}, now()) on conflict do nothing`.execute(own.db);
}

const count = async (table: string): Promise<unknown> =>
  (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(own.db)).rows[0]?.n;

test("what nobody read goes with the migration; the version before stores on beside it, and counts what this one made", async () => {
  const place = migrations.findIndex(({ name }) => name === "0048-unread");
  await migrate(own.db, migrations.slice(0, place));
  await olderVersionStores();
  await migrate(own.db, migrations);
  expect([await count("response"), await count("revision"), await count("delivery")]).toEqual([1, 1, 0]);
  await olderVersionStores();
  expect(await count("revision")).toBe(2);
  const { rows } = await sql`
    insert into response (id, workspace_id, source_id, external_id, subject_id, created_at)
    values (${randomUUID()}, ${randomUUID()}, ${randomUUID()}, 'r-2', ${randomUUID()}, now()) returning revisions`.execute(
    own.db,
  );
  expect(rows).toEqual([{ revisions: 1 }]);
});
