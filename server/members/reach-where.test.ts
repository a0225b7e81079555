import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { describe, expect, it } from "vitest";
import type { Reach, Sight } from "../http/route.js";
import { reachWhere, RUNS } from "./reach-where.js";

const db = new Kysely<{ run: { flow_id: string }; revision: { source_id: string } }>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (own) => new PostgresIntrospector(own),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const things = (more: Partial<Sight["things"]>): Sight => ({
  things: { flow: null, source: null, connection: null, ...more },
  rows: [],
});
const whereOf = (reach: Reach | undefined) => reachWhere({ workspaceId: "w", reach }, RUNS)?.compile(db) ?? null;

describe("the WHERE of what is within reach", () => {
  it("is none for who sees everything, or what no row is told apart by", () => {
    expect(whereOf(undefined)).toBeNull();
    expect(whereOf([things({ connection: ["c"] })])).toBeNull();
  });

  it("is the plain one of flows and sources where there are no rules about rows", () => {
    const plain = db
      .selectFrom(["run", "revision"])
      .where("run.flow_id", "in", ["a", "b"])
      .where("revision.source_id", "in", ["s"])
      .compile();
    const own = whereOf([things({ flow: ["a", "b"], source: ["s"] })]);
    expect(own?.sql).toBe(plain.sql.split(" where ")[1]);
    expect(own?.parameters).toEqual(plain.parameters);
  });

  it("is false where nothing is seen", () => {
    expect(whereOf([])?.sql).toBe("false");
    expect(whereOf([things({ flow: [] })])?.sql).toBe("false");
  });

  it("keeps teams apart: what one says of flows says nothing of another's sources", () => {
    expect(whereOf([things({ flow: ["a"] }), things({ source: ["s"] })])?.sql).toBe(
      '(("run"."flow_id" in ($1)) or ("revision"."source_id" in ($2)))',
    );
  });
});
