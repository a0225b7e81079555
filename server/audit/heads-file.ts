import { appendFile } from "node:fs/promises";
import { sql } from "kysely";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { extendChains } from "./chain.js";
import type { HeadSigner } from "./head-signer.js";
import { signHeads, type ExportedHead } from "./heads.js";

/** Signed ends outside the database, one JSON object a line. */
export async function appendHeads(file: string, heads: readonly ExportedHead[]): Promise<void> {
  if (heads.length === 0) return;
  await appendFile(file, heads.map((head) => `${JSON.stringify(head)}\n`).join(""), { mode: 0o600 });
}

export interface SigningNow {
  readonly db: Db;
  readonly signer: HeadSigner;
  readonly headsFile: string;
}

const BATCH = 500;

/** Chains what was told so far and signs the ends, without waiting for the hour. */
export async function signEndsNow({ db, signer, headsFile }: SigningNow): Promise<void> {
  const heads = await transact(db, async (tx) => {
    // Waits for a chainer that is at it: its attempt is given up where somebody else has the lock.
    await sql`select pg_advisory_xact_lock(hashtext('loopwright.audit'))`.execute(tx);
    while ((await extendChains(tx, BATCH)) === BATCH);
    return signHeads(tx, signer);
  });
  await appendHeads(headsFile, heads);
}
