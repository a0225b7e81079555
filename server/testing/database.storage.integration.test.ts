import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "./database.js";

describe("a test's database", () => {
  let one: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });
  afterAll(() => Promise.all([one.drop(), other.drop()]));

  it("is migrated and apart from every other", async () => {
    await sql`insert into counter (name, n) values ('here', 1)`.execute(one.db);
    const { rows } = await sql`select name from counter`.execute(other.db);
    expect(rows).toEqual([]);
  });
});
