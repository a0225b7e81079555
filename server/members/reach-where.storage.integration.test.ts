import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reach, Sight } from "../http/route.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { reachWhere, REVISIONS } from "./reach-where.js";
import type { RowRule, SegmentValue } from "./rule-api.js";

const workspaceId = uuidv7();
const [SOURCE_A, SOURCE_B] = [uuidv7(), uuidv7()];
/** Each stands below the one before it; the last two, in a ring, below each other. */
const CHAIN = Array.from({ length: 40 }, () => uuidv7());
const RING = [uuidv7(), uuidv7()];
const ACCOUNTS = [CHAIN[0], CHAIN[1], CHAIN[31], CHAIN[35], ...RING] as string[];

interface Said {
  readonly id: string;
  readonly source: string;
  readonly account: string | null;
  readonly language: string | null;
  readonly attributes: Readonly<Record<string, SegmentValue>>;
}

const values: readonly SegmentValue[] = ["EMEA", "emea", "1", 1, 1.5, true, "true", 'a"b\\', "{}"];

/** Each value once with and without the rest. */
const said: readonly Said[] = values.flatMap((value, place) =>
  [null, ...ACCOUNTS].map((account, at) => ({
    id: uuidv7(),
    source: (place + at) % 2 === 0 ? SOURCE_A : SOURCE_B,
    account,
    language: at % 3 === 0 ? null : at % 3 === 1 ? "en" : "fr",
    attributes: at === 2 ? {} : { region: value, ...(at > 3 && { tier: 2 }) },
  })),
);

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  for (const [place, id] of CHAIN.entries()) await insertAccount(id, CHAIN[place - 1] ?? null);
  for (const [place, id] of RING.entries()) await insertAccount(id, RING[1 - place] ?? null);
  for (const one of said) await insertSaid(one);
});
afterAll(() => test.drop());

const tierOf = (account: string): string => (account === CHAIN[1] ? "key" : "low");

const insertAccount = (id: string, parent: string | null) =>
  sql`insert into account (id, workspace_id, subject_id, attributes, parent_id, created_at)
    values (${id}, ${workspaceId}, ${uuidv7()}, ${JSON.stringify({ tier: tierOf(id) })}, ${parent}, lw_now())`.execute(
    test.db,
  );

async function insertSaid({ id, source, account, language, attributes }: Said): Promise<void> {
  await sql`
    insert into response (id, workspace_id, source_id, external_id, subject_id, account_id, revisions, created_at)
    values (${id}, ${workspaceId}, ${source}, ${id}, ${uuidv7()}, ${account}, 2, lw_now())`.execute(test.db);
  const revision = (ordinal: number, what: object) => sql`
    insert into revision (id, workspace_id, response_id, source_id, ordinal, content_hash, received_at, occurred_at, kind, metric, language,
      domain, attributes, complete, outcome)
    values (${uuidv7()}, ${workspaceId}, ${id}, ${source}, ${ordinal}, ${Buffer.from([ordinal])}, lw_now(), lw_now(), 'completed', 'nps',
      ${language}, 'customer', ${JSON.stringify(what)}, true, 'matched')`;
  // What was said first counts no more.
  await revision(0, { region: "EMEA", tier: 2 }).execute(test.db);
  await revision(1, attributes).execute(test.db);
}

const isBelow = (account: string, root: string): boolean => {
  if (RING.includes(root)) return RING.includes(account);
  const [from, to] = [CHAIN.indexOf(root), CHAIN.indexOf(account)];
  return from >= 0 && to >= from && to - from <= 32;
};

const valueAt = ({ language, attributes, account }: Said, field: string): SegmentValue | null => {
  if (field === "feedback.language") return language;
  if (field === "account.tier") return account && tierOf(account);
  return attributes[field.split(".")[2] ?? ""] ?? null;
};

const holds = (one: Said, { segment, accountIds }: RowRule): boolean =>
  (accountIds === null || (one.account !== null && accountIds.some((root) => isBelow(one.account ?? "", root)))) &&
  segment.every(({ field, oneOf }) => {
    const value = valueAt(one, field);
    return value !== null && oneOf.includes(value);
  });

const sees = (reach: Reach, one: Said): boolean =>
  reach.some(
    ({ things: { source }, rows }) => (source?.includes(one.source) ?? true) && rows.every((rule) => holds(one, rule)),
  );

async function seenOf(reach: Reach): Promise<string[]> {
  const where = reachWhere({ workspaceId, reach }, REVISIONS);
  const { rows } = await sql<{ id: string }>`
    select distinct response.id from revision join response on response.id = revision.response_id
    where revision.workspace_id = ${workspaceId} ${where === null ? sql`` : sql`and ${where}`}`.execute(test.db);
  return rows.map(({ id }) => id).toSorted();
}

const condition = fc.record({
  field: fc.constantFrom(
    "feedback.attributes.region",
    "feedback.attributes.tier",
    "feedback.attributes.none",
    "feedback.language",
    "account.tier",
  ),
  oneOf: fc.array(fc.constantFrom<SegmentValue>(...values, 2, "en", "key", "'; --"), { minLength: 1, maxLength: 4 }),
});
const rule: fc.Arbitrary<RowRule> = fc.record({
  segment: fc.array(condition, { maxLength: 2 }),
  accountIds: fc.option(fc.subarray(ACCOUNTS, { minLength: 1 })),
});
const sight: fc.Arbitrary<Sight> = fc.record({
  things: fc.record({
    flow: fc.constant(null),
    source: fc.option(fc.subarray([SOURCE_A, SOURCE_B])),
    connection: fc.constant(null),
  }),
  rows: fc.array(rule, { maxLength: 2 }),
});

describe("rows within reach", () => {
  it("are in SQL those that the words say, whatever the rules, values and hierarchy are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sight, { maxLength: 4 }), async (reach) => {
        const wanted = said.filter((one) => sees(reach, one)).map(({ id }) => id);
        expect(await seenOf(reach)).toEqual(wanted.toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it("below an account are thirty-two steps of it, and a ring comes to an end", async () => {
    const below = async (...roots: string[]) => {
      const { rows } = await sql<{ id: string }>`
        select id from lw_accounts_below(${roots}::uuid[]) as id`.execute(test.db);
      return rows.map(({ id }) => id);
    };
    expect((await below(CHAIN[0] ?? "")).toSorted()).toEqual(CHAIN.slice(0, 33).toSorted());
    expect((await below(...RING)).toSorted()).toEqual([...RING].toSorted());
    expect(await below(CHAIN[39] ?? "")).toEqual([CHAIN[39]]);
  });
});
