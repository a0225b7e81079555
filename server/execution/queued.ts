import { sql } from "kysely";
import type { Db } from "../db/database.js";
import { createPacedNotifier, type PacedNotifier } from "../db/paced-notifier.js";

/** Tells workers that runs wait to be handed over; what is lost is found by the dispatcher's poll. */
export const QUEUED_CHANNEL = "lw_queued";

export const createQueuedNotifier = (db: Db, onError: (error: unknown) => void): PacedNotifier =>
  createPacedNotifier(() => sql`select pg_notify(${QUEUED_CHANNEL}, '')`.execute(db), onError);
