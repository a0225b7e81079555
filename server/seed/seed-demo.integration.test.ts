import { sql } from "kysely";
import { expect, test } from "vitest";
import { useProduct } from "../front-door/testing/use-product.js";

const { product } = useProduct({ worker: false });

test("what the demo fills in is nobody's deed in the audit", async () => {
  const { rows } = await sql<{ action: string; by: string }>`
    select distinct action, actor_kind as by from audit_event
    where action in ('connection.created', 'source.created', 'flow.created', 'flow.published', 'settings.changed')
    order by action`.execute(product.database.db);
  expect(rows.length).toBeGreaterThan(3);
  expect(rows.filter(({ by }) => by !== "system")).toEqual([]);
});
