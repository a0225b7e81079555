import { sql } from "kysely";
import type { Db } from "../db/database.js";

/** Tells workers that runs wait to be handed over. */
export const QUEUED_CHANNEL = "lw_queued";

export interface QueuedNotifier {
  /** After commit. Never throws, never waits; what is lost is found by the dispatcher's poll. */
  tell(): void;
}

const EVERY_MS = 100;

/** The first at once, then at most one in 100 ms and process: NOTIFY takes a lock that commits queue for. */
export function createQueuedNotifier(db: Db, onError: (error: unknown) => void): QueuedNotifier {
  const state = { told: false, resting: false };
  function send(): void {
    state.told = false;
    state.resting = true;
    sql`select pg_notify(${QUEUED_CHANNEL}, '')`.execute(db).catch(onError);
    setTimeout(() => {
      state.resting = false;
      if (state.told) send();
    }, EVERY_MS).unref();
  }
  return {
    tell() {
      state.told = true;
      if (!state.resting) send();
    },
  };
}
