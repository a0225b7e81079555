import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../db/database.js";
import { DomainError } from "../errors.js";

const WINDOW = "15 minutes";
const RETRY_AFTER_S = 15 * 60;
/** Refused sign-ins within the window: of one account from one address, of it from anywhere, from one address, which may be a whole office. */
const MOST = { both: 5, account: 50, address: 50 } as const;

export interface Attempt {
  /** An e-mail address as it was typed, normalised; or which passkey. */
  readonly account: string;
  readonly address: string;
}

/** The narrowest first: who is over it counts for no wider one, so that nobody shuts a colleague out from one place. */
const scopesOf = ({ account, address }: Attempt) => [
  { scope: digest(`both|${account}|${address}`), most: MOST.both },
  { scope: digest(`address|${address}`), most: MOST.address },
  { scope: digest(`account|${account}`), most: MOST.account },
];

/** Addresses are not kept, only what tells them apart. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Throws before anything is compared once too many were refused. Each attempt counts as refused from its beginning, for of many at once all would
 * otherwise find the number as it was before them; `takeBack` or `forgetRefusals` gives back those that were not.
 */
export async function refuseTooMany(db: Db, attempt: Attempt): Promise<void> {
  for (const { scope, most } of scopesOf(attempt)) if ((await count(db, scope)) > most) throw tooMany();
}

/** Answers how many there are with this one. */
async function count(db: Db, scope: Buffer): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    insert into sign_in_failure as known (scope, failures, since) values (${scope}, 1, lw_now())
    on conflict (scope) do update set
      failures = case when known.since > lw_now() - ${WINDOW}::interval then known.failures + 1 else 1 end,
      since = case when known.since > lw_now() - ${WINDOW}::interval then known.since else lw_now() end
    returning failures`.execute(db);
  return rows[0]?.failures ?? 0;
}

/** For what was neither let in nor refused, because one more proof is asked for: it counts for nothing. */
export async function takeBack(db: Db, attempt: Attempt): Promise<void> {
  for (const { scope } of scopesOf(attempt))
    await sql`
      update sign_in_failure set failures = greatest(failures - 1, 0) where scope = ${scope}`.execute(db);
}

/** Whoever is let in begins anew, and what is long over goes. */
export async function forgetRefusals(db: Db, attempt: Attempt): Promise<void> {
  await takeBack(db, attempt);
  const [both] = scopesOf(attempt);
  await sql`
    delete from sign_in_failure where scope = ${both?.scope} or since < lw_now() - interval '1 day'`.execute(db);
}

const tooMany = (): DomainError =>
  new DomainError({
    status: 429,
    code: "too_many_sign_ins",
    message: "Too many sign-ins were refused. Wait a quarter of an hour, or ask an admin for a sign-in link.",
    headers: { "Retry-After": String(RETRY_AFTER_S) },
  });
