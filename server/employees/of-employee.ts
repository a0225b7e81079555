import { sql } from "kysely";
import type { Reader } from "../db/database.js";

/**
 * Of a `run` in reach: an employee said what it is about, at first or in a later revision. What a run's page opens is the newest, whatever its
 * source was when the run began. As a subquery of one value, which the planner cannot turn into reading the whole table.
 */
export const saidByEmployee = sql<boolean>`coalesce((
  select true from revision as said where said.response_id = run.response_id and said.domain = 'employee' limit 1), false)`;

/** Those of these that are ids of runs of employees. */
export async function runsOfEmployees(reader: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from run where id = any(${[...ids]}::uuid[]) and ${saidByEmployee}`.execute(reader);
  return new Set(rows.map(({ id }) => id));
}
