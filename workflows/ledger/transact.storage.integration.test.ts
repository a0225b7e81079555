import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { sqlState, transact } from "./transact.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`insert into counter (name, n) values ('a', 0), ('b', 0)`.execute(database.db);
});
afterAll(() => database.drop());

const raise = (state: string) => sql.raw(`do $$ begin raise exception using errcode = '${state}'; end $$`);

/** Fails so often, then succeeds; answers how often the work was begun. */
async function failing(
  state: string,
  failures: number,
  pauses: number[] = [],
): Promise<{ times: number; code: string | null }> {
  let times = 0;
  const pause = (ms: number): Promise<void> => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const done = transact(
    database.db,
    async (tx) => {
      times += 1;
      if (times <= failures) await raise(state).execute(tx);
      return null;
    },
    pause,
  );
  const code = await done.catch((error: unknown) => sqlState(error) ?? "none");
  return { times, code };
}

test.each(["40P01", "40001"])("after %s the work is begun again, five times at most", async (state) => {
  expect(await failing(state, 2)).toEqual({ times: 3, code: null });
  expect(await failing(state, 9)).toEqual({ times: 5, code: state });
});

test("between tries it pauses, longer each time and never the same, and not after the last", async () => {
  const [once, again]: [number[], number[]] = [[], []];
  await failing("40P01", 9, once);
  await failing("40P01", 9, again);
  expect(once).toHaveLength(4);
  expect(once.toSorted((a, b) => a - b)).toEqual(once);
  expect(once.every((ms) => ms >= 5 && ms <= 50)).toBe(true);
  expect(again).not.toEqual(once);
});

test.each(["23505", "22P05"])("after %s, which no repetition mends, it is not", async (state) => {
  expect(await failing(state, 1)).toEqual({ times: 1, code: state });
});

test("two transactions that lock each other out both succeed, and each counts once", async () => {
  const counted = (first: string, second: string, meet: () => Promise<void>) =>
    transact(database.db, async (tx) => {
      const count = (name: string) => sql`update counter set n = n + 1 where name = ${name}`.execute(tx);
      await count(first);
      await meet();
      await count(second);
    });
  const meet = meeting(2);
  await Promise.all([counted("a", "b", meet), counted("b", "a", meet)]);
  const { rows } = await sql`select name, n from counter order by name`.execute(database.db);
  expect(rows).toEqual([
    { name: "a", n: 2 },
    { name: "b", n: 2 },
  ]);
});

/** Resolves for everybody once so many have come; who comes later goes through. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return () => {
    come += 1;
    if (come >= size) open();
    return opened;
  };
}
