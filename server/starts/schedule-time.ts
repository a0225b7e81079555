import { Cron } from "croner";
import type { StartOf } from "../../workflows/flow/start.js";

const HOUR_MS = 3_600_000;

/** `not_due`: the line was changed since, or the clocks went back and this hour was had before. */
export type Timeliness = "due" | "not_due" | "too_late" | "superseded";

/** After an outage only the last of the times that were missed is made up for, and none after an hour. */
export function timeliness(
  { cron, timeZone }: Pick<StartOf<"schedule">, "cron" | "timeZone">,
  at: Date,
  now: Date,
): Timeliness {
  // First: a line that cannot be read would be tried again for ever.
  if (now.getTime() - at.getTime() > HOUR_MS) return "too_late";
  const times = new Cron(cron.trim(), { timezone: timeZone, mode: "5-part" });
  if (times.nextRun(new Date(at.getTime() - 1))?.getTime() !== at.getTime()) return "not_due";
  const next = times.nextRun(at);
  return next !== null && next <= now ? "superseded" : "due";
}
