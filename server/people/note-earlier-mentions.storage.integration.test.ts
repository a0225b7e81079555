import { sql } from "kysely";
import { expect, it } from "vitest";
import { own, say, useAging, vault } from "../retention/testing/aging.js";
import { findPeople } from "./find-people.js";
import { mentionsOf } from "./mentions.js";
import { createNoting } from "./note-earlier-mentions.js";

useAging();

const known = () => mentionsOf(own.db, vault, own.workspaces.here, "zoe@quill.example");
const counted = async () =>
  (await sql<{ n: number }>`select n from counter where name = 'mentions_noted_total'`.execute(own.db)).rows;

it("addresses in what was said before they were noted are found after one walk, which is made once", async () => {
  for (let n = 0; n < 3; n++) await say({ comment: `Nothing ${n}` });
  await say({ email: null, comment: "Ask ZOE@quill.example" });
  await sql`delete from mention`.execute(own.db);
  expect(await known()).toEqual([]);
  const turn = createNoting({ db: own.db, vault });
  while (await turn());
  expect(await known()).toHaveLength(1);
  const words = "zoe@quill.example";
  const found = await findPeople({
    reader: own.db,
    vault,
    workspaceId: own.workspaces.here,
    words,
    revealsEmployees: true,
  });
  expect(found.responses).toMatchObject([{ comment: "Ask ZOE@quill.example" }]);
  expect(await counted()).toEqual([{ n: 4 }]);

  await sql`delete from mention`.execute(own.db);
  const again = createNoting({ db: own.db, vault });
  expect([await again(), await again(), await turn()]).toEqual([false, false, false]);
  expect(await known()).toEqual([]);
});

it("a walk of many pages comes to its end", async () => {
  await sql`delete from counter`.execute(own.db);
  await sql`
    insert into revision (id, workspace_id, response_id, source_id, ordinal, content_hash, received_at, occurred_at, metric, domain,
      attributes, outcome)
    select gen_random_uuid(), workspace_id, response_id, source_id, n, decode(md5(n::text), 'hex'), received_at, occurred_at, metric,
      domain, '{}', outcome from (select * from revision limit 1) as one, generate_series(1, 1100) as n`.execute(
    own.db,
  );
  const turn = createNoting({ db: own.db, vault });
  const turns: boolean[] = [];
  do turns.push(await turn());
  while (turns.at(-1));
  expect(turns).toEqual([true, true, false]);
  expect(await counted()).toEqual([{ n: 1_104 }]);
});
