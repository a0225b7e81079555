import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { openDatabase, type Db } from "../db/database.js";
import { migrate } from "../db/migrate.js";
import { migrations } from "../migrations.js";

export interface TestDatabase {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly url: string;
  /** Closes the pool and removes the database, whoever still uses it. */
  drop(): Promise<void>;
}

/** Any number that nothing else locks: makes the workers of one run build the template one after the other. */
const TEMPLATE_LOCK = 71_204_118;

/** A database of its own for one test file, cloned from a template that was migrated once. */
export async function createTestDatabase(options: { maxConnections?: number } = {}): Promise<TestDatabase> {
  const admin = inject("postgres");
  const template = await ensureTemplate(admin);
  const name = `lw_test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(admin, (client) => client.query(`create database ${name} template ${template}`));
  const url = urlOf(admin, name);
  const { db, pool } = openDatabase({ url, maxConnections: options.maxConnections ?? 10, applicationName: "test" });
  return {
    db,
    pool,
    url,
    async drop() {
      await db.destroy();
      await asAdmin(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** A database without tables, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const admin = inject("postgres");
  const name = `lw_test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(admin, (client) => client.query(`create database ${name}`));
  return {
    url: urlOf(admin, name),
    drop: () =>
      asAdmin(admin, async (client) => {
        await client.query(`drop database ${name} with (force)`);
      }),
  };
}

/** The template's name holds a hash of the migrations: a cluster that outlives a change keeps both. */
async function ensureTemplate(admin: string): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(migrations)).digest("hex").slice(0, 16);
  const name = `lw_template_${hash}`;
  await asAdmin(admin, async (client) => {
    await client.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount === 0) await makeTemplate(client, admin, name);
  });
  return name;
}

/** It gets its name last, so that a run that dies half-way leaves no half template. */
async function makeTemplate(client: pg.Client, admin: string, name: string): Promise<void> {
  const draft = `${name}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  const { db } = openDatabase({ url: urlOf(admin, draft), maxConnections: 2, applicationName: "template" });
  try {
    await migrate(db, migrations);
  } finally {
    await db.destroy();
  }
  await client.query(`alter database ${draft} rename to ${name}`);
}

function urlOf(admin: string, database: string): string {
  const url = new URL(admin);
  url.pathname = `/${database}`;
  return url.href;
}

/** The advisory lock goes with the connection. */
async function asAdmin<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
