import { runInBackground, type Background } from "../../workflows/background.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import type { Log } from "../http/log.js";
import { extendChains } from "./chain.js";
import type { HeadSigner } from "./head-signer.js";
import { signHeads } from "./heads.js";
import { appendHeads } from "./heads-file.js";

export interface ChainerDependencies {
  readonly db: Db;
  /** Asked each time: the key may change while the product runs. */
  readonly signer: () => HeadSigner;
  /** Where signed ends of chains are written, one JSON object a line: a file outside the database. */
  readonly headsFile: string;
  readonly log: Log;
  readonly onError: (error: unknown) => void;
}

const BATCH = 500;
const EVERY_MS = 5_000;
const SIGN_EVERY_MS = 60 * 60_000;

/** Chains audit events soon after they were written, and once an hour signs where the chains end and writes it outside the database. */
export function startChainer({ db, signer, headsFile, log, onError }: ChainerDependencies): Background {
  let signNextAt = 0;

  async function publishHeads(): Promise<void> {
    const heads = await transact(db, (tx) => signHeads(tx, signer()));
    // The log leaves the machine in most installations; the file may not.
    for (const head of heads) log.info({ auditHead: head }, "The audit's chain was signed");
    await appendHeads(headsFile, heads);
  }

  return runInBackground({
    everyMs: EVERY_MS,
    onError,
    async turn() {
      const chained = await transact(db, (tx) => extendChains(tx, BATCH));
      if (chained === BATCH) return true;
      if (Date.now() < signNextAt) return false;
      signNextAt = Date.now() + SIGN_EVERY_MS;
      await publishHeads();
      return false;
    },
  });
}
