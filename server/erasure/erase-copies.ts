import { sql } from "kysely";
import { fromNow } from "../../workflows/ledger/clock.js";
import { isUniqueViolation } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { eraseCopy, type EraseCopyDependencies, type Tried } from "./erase-copy.js";
import { sinceBegun } from "./erasure-store.js";
import type { CopyRow, ErasureRow } from "./erasure-tables.js";

/** A pass ends after so long; the next one goes on where it ended. */
const PASS_MS = 40_000;
/** A system that stays away for so long is left to a person. */
const GIVE_UP_MS = 7 * 86_400_000;

/** Milliseconds before the next try: 5 s, doubling to an hour. */
export const backOff = (tries: number): number => Math.min(5_000 * 2 ** tries, 3_600_000);

export interface Pass {
  /** Not one copy was left untried. */
  readonly allTried: boolean;
  readonly open: number;
}

/** One after the other, each by the ledger's own note of it. */
export async function eraseCopies(dependencies: EraseCopyDependencies, erasure: ErasureRow): Promise<Pass> {
  const until = Date.now() + PASS_MS;
  const due = await dueCopies(dependencies.db, erasure.id);
  let tried = 0;
  for (const copy of due) {
    if (Date.now() > until) break;
    await store(dependencies.db, erasure, copy, await eraseCopy(dependencies, copy));
    tried += 1;
  }
  return { allTried: tried === due.length, open: await countOpen(dependencies.db, erasure.id) };
}

async function dueCopies(db: Db, erasureId: string): Promise<CopyRow[]> {
  const { rows } = await sql<CopyRow>`
    select * from erasure_copy where erasure_id = ${erasureId} and state = 'open' and due_at <= lw_now() order by id`.execute(
    db,
  );
  return rows;
}

async function countOpen(db: Db, erasureId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from erasure_copy where erasure_id = ${erasureId} and state = 'open'`.execute(db);
  return rows[0]?.n ?? 0;
}

/** One of which no id was known, and whose id is noted beside it by now: the other is tried by that. */
async function store(db: Db, erasure: ErasureRow, copy: CopyRow, tried: Tried): Promise<void> {
  try {
    await note(db, erasure, copy, tried);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await note(db, erasure, copy, { state: "gone", code: null });
  }
}

async function note(db: Db, erasure: ErasureRow, copy: CopyRow, tried: Tried): Promise<void> {
  const late = tried.state === "open" && (await sinceBegun(db, erasure)) > GIVE_UP_MS;
  const waitMs = Math.max(tried.retryAfterMs ?? 0, backOff(copy.tries));
  await sql`
    update erasure_copy set state = ${late ? "failed" : tried.state}, code = ${tried.code}, tries = tries + 1,
      remains = ${tried.remains ?? null}, external_id = coalesce(${tried.externalId ?? null}, external_id),
      due_at = ${fromNow(waitMs)}
    where id = ${copy.id}`.execute(db);
}
