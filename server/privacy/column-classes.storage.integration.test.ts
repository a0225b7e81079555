import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { declaredColumns } from "./column-classes.js";

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

let test: TestDatabase;
let columns: readonly Column[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
  const query = sql<Column>`
    select table_name as table, column_name as column, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name not like 'kysely_%'`;
  columns = (await query.execute(test.db)).rows;
});
afterAll(() => test.drop());

const nameOf = ({ table, column }: { table: string; column: string }) => `${table}.${column}`;

describe("the columns of the migrated database", () => {
  it("are all declared, and every declared one is there", () => {
    const [found, declared] = [columns.map(nameOf), declaredColumns.map(nameOf)];
    expect(declared.toSorted()).toEqual(found.toSorted());
  });

  it("are declared once each", () => {
    expect(new Set(declaredColumns.map(nameOf)).size).toBe(declaredColumns.length);
  });

  it("hold bytes where they are not clear, so that nobody stores text there by mistake", () => {
    const bytes = new Set(columns.filter(({ type }) => type === "bytea").map(nameOf));
    const sealed = declaredColumns.filter((each) => each.class !== "clear");
    // A flow's hash is of its published document, and is shown; a password's names its own parameters and salt.
    const readable = sealed.map(nameOf).filter((name) => !bytes.has(name));
    expect(readable).toEqual(["flow_version.hash", "member_password.hash"]);
  });

  it("are never clear where they hold bytes", () => {
    const clear = new Set(declaredColumns.filter((each) => each.class === "clear").map(nameOf));
    expect(
      columns
        .filter(({ type }) => type === "bytea")
        .map(nameOf)
        .filter((name) => clear.has(name)),
    ).toEqual([]);
  });
});
