import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Product } from "./sides/product.js";

/** The product's own database, beside the product. */
export interface Database {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  /** The one number that the statement answers. */
  readonly count: (text: string, values?: readonly unknown[]) => Promise<number>;
  readonly stop: () => Promise<void>;
}

export async function openDatabase(product: Pick<Product, "databaseUrl">): Promise<Database> {
  const client = new pg.Client({ connectionString: await product.databaseUrl() });
  await client.connect();
  const query: Database["query"] = async (text, values = []) =>
    (await client.query<Record<string, unknown>>(text, [...values])).rows;
  return {
    query,
    count: async (text, values) => Number(Object.values((await query(text, values))[0] ?? {})[0]),
    stop: () => client.end(),
  };
}

const OPEN = "select count(*) from run where finished_at is null";
const RESCUED = "select coalesce(sum(n), 0) from counter where name = 'rescued_total'";
const LOOK_MS = 100;

/** Resolves when no run is open; rejects when the count has not changed for a minute. */
export const noneOpen = ({ count }: Database): Promise<void> => reaching(() => count(OPEN), 0);

/** Runs that the sweeper had to move: none in a healthy system. */
export const rescued = ({ count }: Database): Promise<number> => count(RESCUED);

export interface Patience {
  /** How long the count may stay the same, milliseconds. */
  readonly patienceMs?: number;
  readonly everyMs?: number;
}

/** Resolves when the count is as wanted; rejects when it stands still for too long. */
export async function reaching(
  read: () => Promise<number>,
  wanted: number,
  { patienceMs = 60_000, everyMs = LOOK_MS }: Patience = {},
): Promise<void> {
  let [last, movedAt] = [Number.NaN, Date.now()];
  for (let is = await read(); is !== wanted; is = await read()) {
    if (is !== last) [last, movedAt] = [is, Date.now()];
    if (Date.now() - movedAt > patienceMs) throw new Error(`stands at ${is} and not at ${wanted} for ${patienceMs} ms`);
    await sleep(everyMs);
  }
}

/** Backends hand in their counts, which PostgreSQL's statistics show, a second after they did something. */
export const countsHandedIn = (): Promise<void> => sleep(2_000);
