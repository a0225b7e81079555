import { createHash } from "node:crypto";
import { runInBackground } from "../../workflows/background.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { networkOf } from "./network-of.js";
import type { SenderReason } from "./oversight-api.js";
import { addSenders } from "./sender-store.js";
import { createTally } from "./sender-tally.js";

/** Somebody posted where nothing is taken from them. */
export interface RefusedSender {
  /** What they posted to, as it stood in the address; only the beginning of its hash is kept. */
  readonly key: string;
  readonly reason: SenderReason;
  /** Null where the address leads nowhere. */
  readonly workspaceId: string | null;
  readonly address: string | undefined;
}

export type NoteRefused = (refused: RefusedSender) => void;

interface SenderDependencies {
  readonly db: Db;
  /** Sees those whose address leads nowhere: the installation's first. */
  readonly firstWorkspaceId: string;
  readonly now: () => Date;
}

const EVERY_MS = 5_000;
/** In hex digits: enough to tell addresses apart and to find one's own, not enough to guess one. */
const PREFIX = 12;

/** Counted in memory, whose size is bounded, and written together now and then: a refusal costs no statement, and a good delivery nothing. */
export function createUnknownSenders({ db, firstWorkspaceId, now }: SenderDependencies) {
  let tally = createTally();

  const note: NoteRefused = ({ key, reason, workspaceId, address }) => {
    const at = now();
    tally.add({
      workspaceId: workspaceId ?? firstWorkspaceId,
      day: at.toISOString().slice(0, 10),
      reason,
      keyPrefix: createHash("sha256").update(key).digest("hex").slice(0, PREFIX),
      network: networkOf(address),
      ...{ count: 1, firstAt: at, lastAt: at },
    });
  };

  /** What cannot be written goes back, to be written the next time. */
  async function flush(): Promise<void> {
    const lines = tally.lines();
    if (lines.length === 0) return;
    tally = createTally();
    await transact(db, (tx) => addSenders(tx, lines)).catch((error: unknown) => {
      for (const line of lines) tally.add(line);
      throw error;
    });
  }

  return {
    note,
    flush,
    start(onError: (error: unknown) => void) {
      const background = runInBackground({ everyMs: EVERY_MS, onError, turn: () => flush().then(() => false) });
      return {
        async stop(): Promise<void> {
          await background.stop();
          await flush().catch(onError);
        },
      };
    },
  };
}
