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

const scopesOf = ({ account, address }: Attempt) => [
  { scope: digest(`both|${account}|${address}`), most: MOST.both },
  { scope: digest(`account|${account}`), most: MOST.account },
  { scope: digest(`address|${address}`), most: MOST.address },
];

/** Addresses are not kept, only what tells them apart. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Throws before anything is compared once too many were refused. */
export async function refuseTooMany(db: Db, attempt: Attempt): Promise<void> {
  for (const { scope, most } of scopesOf(attempt)) {
    const { rows } = await sql`
      select from sign_in_failure
      where scope = ${scope} and failures >= ${most} and since > lw_now() - ${WINDOW}::interval`.execute(db);
    if (rows.length > 0) throw tooMany();
  }
}

export async function countRefusal(db: Db, attempt: Attempt): Promise<void> {
  for (const { scope } of scopesOf(attempt))
    await sql`
      insert into sign_in_failure as known (scope, failures, since) values (${scope}, 1, lw_now())
      on conflict (scope) do update set
        failures = case when known.since > lw_now() - ${WINDOW}::interval then known.failures + 1 else 1 end,
        since = case when known.since > lw_now() - ${WINDOW}::interval then known.since else lw_now() end`.execute(db);
}

/** Whoever is let in begins anew, and what is long over goes. */
export async function forgetRefusals(db: Db, attempt: Attempt): Promise<void> {
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
