import type { Database } from "./database.js";
import { print } from "./table.js";

/** The rows of an event, parents first; those of its run, which one event in ten has. */
const OF_EVENTS = ["subject", "subject_key", "contact", "contact_identity", "response", "revision"] as const;
const OF_RUNS = ["run", "run_fact", "effect", "effect_attempt"] as const;
const TABLES = [...OF_EVENTS, ...OF_RUNS];
const ONE_IN = 10;

/** Names of rows: a copy has its own, the same for every table that names it. What is not listed is shared. */
const NAMES = new Set([
  "id",
  "subject_id",
  "contact_id",
  "response_id",
  "revision_id",
  "run_id",
  "owner_id",
  "effect_id",
  "token",
]);
const TEXTS = new Set(["external_id", "key"]);
/** Indexed digests: a copy's is another one, anywhere in the index. */
const DIGESTS = new Set(["blind"]);

const countStored = ({ count }: Database): Promise<number> => count("select count(*) from revision");

/** Copies of a chunk commit together. */
const CHUNK_ROWS = 20_000;

/** Multiplies what is stored to about `wanted` events; answers how many there are then. */
export type FillTo = (wanted: number) => Promise<number>;

/**
 * Copies the rows that are stored now: each copy has names of its own (UUIDv7, older than all that is there), so that indexes grow as
 * they would have. Of the copies, one in ten has a finished run with its facts, effects and attempts. Sealed cells are copied as they
 * are: nothing opens them but a page about that very response.
 */
export async function createFiller(database: Database): Promise<FillTo> {
  const { query } = database;
  const originals = await countStored(database);
  for (const table of TABLES)
    await query(`create unlogged table bench_${table} as select * from ${table} ${CONDITIONS[table] ?? ""}`);
  const since = Date.now() - OLDEST_MS;
  let copied = 0;
  return async (wanted) => {
    const started = Date.now();
    const missing = wanted - (await countStored(database));
    const last = copied + Math.max(0, Math.ceil(missing / originals));
    await query("set synchronous_commit = off");
    // No foreign key is asked about each row: copies name copies.
    await query("set session_replication_role = replica");
    for (const chunk of chunksOf(copied, last, Math.max(1, Math.floor(CHUNK_ROWS / originals))))
      await copy(database, { ...chunk, since });
    copied = last;
    await query("reset session_replication_role");
    await query("reset synchronous_commit");
    for (const table of TABLES) await query(`vacuum (analyze) ${table}`);
    await query("checkpoint");
    const stored = await countStored(database);
    print(`filled to ${stored} stored events in ${((Date.now() - started) / 1_000).toFixed(0)} s`);
    return stored;
  };
}

/** The first copy's names are so much older than now, each next copy's so much younger; milliseconds. */
const OLDEST_MS = 100_000_000;
const APART_MS = 10_000;

/** Only what belongs to events: members and accounts stay one. */
const CONDITIONS: Readonly<Record<string, string>> = {
  subject: "where id in (select subject_id from response)",
  subject_key: "where subject_id in (select subject_id from response)",
  contact: "where id in (select contact_id from response)",
  contact_identity: "where contact_id in (select contact_id from response)",
};

interface Chunk {
  readonly from: number;
  readonly to: number;
}

/** Copies after `done`, up to `last`. */
function chunksOf(done: number, last: number, size: number): Chunk[] {
  const starts = Array.from({ length: Math.ceil((last - done) / size) }, (_, index) => done + index * size + 1);
  return starts.map((from) => ({ from, to: Math.min(last, from + size - 1) }));
}

async function copy(database: Database, chunk: Chunk & { readonly since: number }): Promise<void> {
  const { query } = database;
  await query("begin");
  for (const table of OF_EVENTS) await copyTable(database, table, copiesIn(chunk));
  for (const table of OF_RUNS) await copyTable(database, table, `${copiesIn(chunk)} where n % ${ONE_IN} = 0`);
  await query("commit");
}

/** Each with its number, and with the milliseconds that its names begin with, as UUIDv7 writes them. */
const copiesIn = ({ from, to, since }: Chunk & { readonly since: number }): string => `
  select n, left(hex, 8) || '-' || right(hex, 4) as head from generate_series(${from}, ${to}) as n
  cross join lateral (select lpad(to_hex(${since}::bigint + n * ${APART_MS}::bigint), 12, '0') as hex) as time`;

async function copyTable({ query }: Database, table: string, copies: string): Promise<void> {
  const columns = await query(
    "select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
    [table],
  );
  const names = columns.map(({ name }) => String(name));
  const values = names.map((name) => valueOf(name));
  await query(
    `insert into ${table} (${names.map((name) => `"${name}"`).join(", ")})
     select ${values.join(", ")} from (${copies}) as copies cross join bench_${table} as original`,
  );
}

function valueOf(name: string): string {
  const column = `original."${name}"`;
  if (NAMES.has(name)) return `(head || substr(${column}::text, 14))::uuid`;
  if (TEXTS.has(name)) return `${column} || '-' || n`;
  if (DIGESTS.has(name)) return `sha256(${column} || n::text::bytea)`;
  return column;
}
