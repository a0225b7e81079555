import { type Migration, Migrator, type Kysely, sql } from "kysely";

export interface NamedMigration {
  /** `0001-what`: applied in this order. */
  readonly name: string;
  readonly sql: string;
}

/** Brings a database up to date; several processes may call it at once (Kysely holds an advisory lock). Returns what it applied. */
export async function migrate(db: Kysely<object>, migrations: readonly NamedMigration[]): Promise<string[]> {
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(migrations.map(toKysely))) };
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error("the database could not be migrated", { cause: error });
  return (results ?? []).map(({ migrationName }) => migrationName);
}

const toKysely = ({ name, sql: text }: NamedMigration): [string, Migration] => [
  name,
  {
    up: async (db: Kysely<object>) => {
      await sql.raw(text).execute(db);
    },
  },
];
