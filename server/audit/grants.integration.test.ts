import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { until } from "../../workflows/testing/until.js";
import { aResponse, deliver, demoSource } from "../front-door/testing/clients.js";
import { runUntil } from "../front-door/testing/runs.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { auditGrants } from "./grants.js";

const role = `lw_app_${randomUUID().replaceAll("-", "")}`;
const password = randomUUID();

async function asRestricted({ db, url }: TestDatabase): Promise<string> {
  await sql.raw(`create role ${role} login password '${password}';${auditGrants(role)}`).execute(db);
  return Object.assign(new URL(url), { username: role, password }).href;
}

// Roles are the server's: this one can go once the product's database is gone, so before the product's own end is asked for.
afterAll(async () => {
  const other = await createTestDatabase();
  await sql.raw(`drop role ${role}`).execute(other.db);
  await other.drop();
});

const { product, api } = useProduct({ urlOf: asRestricted });

test("the product runs as a role that owns nothing: events, runs, and the audit with its signed chain", async () => {
  const { rows } = await sql<{ user: string }>`select current_user as user`.execute(product.runtime.db);
  expect(rows).toEqual([{ user: role }]);
  const { runIds } = await deliver(product, await demoSource(product), aResponse({ score: 1 }));
  await runUntil(api, runIds[0] ?? "", ({ effects }) => effects.some(({ state }) => state === "done"));
  await until(
    async () => (await api("GET", "/api/audit/chain")).json as { events: number; signed: object | null },
    ({ events, signed }) => events > 0 && signed !== null,
  );
});

test.each([
  ["change", "update audit_event set action = 'flow.deleted'"],
  [
    "give another place or hash to what is chained in",
    "update audit_event set seq = seq + 1, hash = 'x' where seq is not null",
  ],
  ["take out", "delete from audit_event"],
  ["empty", "truncate audit_event"],
  ["change a signed end of", "update audit_head set seq = 1"],
  ["take a signed end out of", "delete from audit_head"],
  ["switch off the triggers of", "alter table audit_event disable trigger all"],
  ["drop the triggers of", "drop trigger audit_event_append_only on audit_event"],
  ["pretend to be a copy to", "set session_replication_role = replica"],
  ["drop", "drop table audit_event"],
])("that role may not %s the audit", async (_what, statement) => {
  await expect(sql.raw(statement).execute(product.runtime.db)).rejects.toThrow(
    /permission denied|must be owner|is append-only/,
  );
});
