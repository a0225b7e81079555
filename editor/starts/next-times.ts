import { Cron } from "croner";
import { cronProblem } from "../../workflows/flow/cron.js";

/** The next times of a schedule; none where its line or its zone cannot be read, or it never comes. */
export function nextTimes(cron: string, timeZone: string, from: Date, amount = 5): readonly Date[] {
  if (cronProblem(cron) !== null) return [];
  try {
    return new Cron(cron.trim(), { timezone: timeZone, mode: "5-part" }).nextRuns(amount, from);
  } catch {
    return [];
  }
}
