import { sql, type Transaction } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sqlState, transact } from "../../workflows/ledger/transact.js";
import { unanswered } from "../../workflows/ledger/unanswered.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`create table shelf (id int primary key)`.execute(database.db);
});
beforeEach(async () => {
  await sql`delete from shelf`.execute(database.db);
});
afterAll(() => database.drop());

const UNIQUE = "23505";

type Tx = Transaction<object>;
const put = (tx: Tx, id: number) => sql`${unanswered} insert into shelf values (${id})`.execute(tx);
const all = async () =>
  (await sql<{ id: number }>`select id from shelf order by id`.execute(database.db)).rows.map(({ id }) => id);
const stateOf = (work: Promise<unknown>): Promise<string | undefined> => work.then(() => "ok", sqlState);

test("what is sent ahead is done, in the order in which it was sent", async () => {
  await transact(database.db, async (tx) => {
    await put(tx, 1);
    await sql`${unanswered} update shelf set id = 2 where id = 1`.execute(tx);
    await put(tx, 1);
  });
  expect(await all()).toEqual([1, 2]);
});

test("what fails ahead of the commit is the commit's error, and nothing is kept", async () => {
  const failing = transact(database.db, async (tx) => {
    await put(tx, 1);
    await put(tx, 1);
    await put(tx, 2);
  });
  expect(await stateOf(failing)).toBe(UNIQUE);
  expect(await all()).toEqual([]);
});

test("the next answer tells the first error, not that the transaction is aborted", async () => {
  let seen: string | undefined;
  const failing = transact(database.db, async (tx) => {
    await put(tx, 1);
    await put(tx, 1);
    seen = await stateOf(sql`select 1`.execute(tx));
    throw new Error("enough");
  });
  await expect(failing).rejects.toThrow("enough");
  expect(seen).toBe(UNIQUE);
  expect(await all()).toEqual([]);
});

test("what the driver itself cannot send keeps nothing either", async () => {
  const unsendable = {
    toPostgres: () => {
      throw new Error("cannot be bound");
    },
  };
  const failing = transact(database.db, async (tx) => {
    await put(tx, 1);
    await sql`${unanswered} insert into shelf values (${unsendable})`.execute(tx);
  });
  await expect(failing).rejects.toThrow("cannot be bound");
  expect(await all()).toEqual([]);
});

test("a transaction whose error somebody swallowed does not count as committed", async () => {
  const failing = transact(database.db, async (tx) => {
    await put(tx, 1);
    await put(tx, 1);
    await stateOf(sql`select 1`.execute(tx));
  });
  await expect(failing).rejects.toThrow();
  expect(await all()).toEqual([]);
});

test("a transaction that is given up in its middle keeps nothing, and its connection serves the next one", async () => {
  for (const round of [1, 2, 3]) {
    const failing = transact(database.db, async (tx) => {
      await put(tx, round);
      await put(tx, round);
      throw new Error("never mind");
    });
    await expect(failing).rejects.toThrow("never mind");
    await transact(database.db, (tx) => put(tx, round * 10));
  }
  expect(await all()).toEqual([10, 20, 30]);
});

test("a statement that was refused while its transaction was aborted is prepared and works afterwards", async () => {
  for (const _time of [1, 2, 3])
    await stateOf(
      transact(database.db, async (tx) => {
        await put(tx, 1);
        await put(tx, 1);
        await sql`${unanswered} insert into shelf values (${7}), (${8})`.execute(tx);
      }),
    );
  await transact(database.db, (tx) => sql`${unanswered} insert into shelf values (${7}), (${8})`.execute(tx));
  expect(await all()).toEqual([7, 8]);
});

test("outside a transaction whoever asks hears the answer", async () => {
  const insert = () => sql`${unanswered} insert into shelf values (1)`.execute(database.db);
  await insert();
  expect(await stateOf(insert())).toBe(UNIQUE);
});

test("a deadlock in what was sent ahead is tried again", async () => {
  await sql`insert into shelf values (1), (2)`.execute(database.db);
  const lock = (tx: Tx, id: number) => sql`select from shelf where id = ${id} for update`.execute(tx);
  let tries = 0;
  const both = (first: number, second: number) =>
    transact(database.db, async (tx) => {
      tries += 1;
      await lock(tx, first);
      await sql`select pg_sleep(0.05)`.execute(tx);
      await sql`${unanswered} update shelf set id = id where id = ${second}`.execute(tx);
    });
  await Promise.all([both(1, 2), both(2, 1)]);
  expect(tries).toBeGreaterThan(2);
});
