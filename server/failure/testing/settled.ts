import type { Db } from "../../db/database.js";
import { isAtRest, runsOf } from "../../testing/ledger-views.js";
import { until } from "../../testing/until.js";

const PATIENCE_MS = 120_000;

/** Resolves with all runs once every one of them has ended or stands visibly parked. */
export const allAtRest = (db: Db, count: number, timeoutMs = PATIENCE_MS) =>
  until(
    () => runsOf(db),
    (runs) => runs.length >= count && runs.every(isAtRest),
    { what: `the rest of ${count} runs`, timeoutMs, everyMs: 250 },
  );
