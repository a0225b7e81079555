import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { contactOf, endRuns, own, say, useAging } from "../retention/testing/aging.js";
import { ask, eraseOn, erasureRow, useErasing } from "./testing/erasing.js";

useAging();
useErasing();

async function keepLists(...filters: readonly object[]): Promise<void> {
  const memberId = randomUUID();
  await sql`insert into member (id, workspace_id, subject_id, role, name, active, created_at)
    values (${memberId}, ${own.workspaces.here}, ${randomUUID()}, 'viewer', '', true, lw_now())`.execute(own.db);
  for (const filter of filters)
    await sql`insert into saved_view (id, workspace_id, member_id, page, name, filter, created_at) values (${randomUUID()},
      ${own.workspaces.here}, ${memberId}, 'runs', ${randomUUID()}, ${JSON.stringify(filter)}::jsonb, lw_now())`.execute(
      own.db,
    );
}

it("a list that somebody keeps narrowed to them goes too, and no other", async () => {
  await say({});
  await endRuns();
  const contactId = await contactOf();
  const others = [{ contactId: randomUUID() }, { state: "failed" }];
  await keepLists({ contactId }, ...others);
  await ask(contactId);
  await eraseOn();
  expect((await erasureRow()).deleted).toMatchObject({ saved_view: 1 });
  const { rows } = await sql<{ filter: object }>`select filter from saved_view`.execute(own.db);
  expect(rows.map(({ filter }) => filter)).toEqual(expect.arrayContaining(others));
});
