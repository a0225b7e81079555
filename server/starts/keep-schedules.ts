import { createHash } from "node:crypto";
import { runInBackground, type Background } from "../../workflows/background.js";
import type { FlowSchedule, TemporalClient } from "../../workflows/temporal/client.js";
import type { Db } from "../db/database.js";
import { publications, publishedSchedules, type PublishedSchedule } from "./schedule-store.js";
import { utcLines, zoneYear } from "./utc-lines.js";

export interface KeeperDependencies {
  readonly db: Db;
  readonly schedules: TemporalClient["schedules"];
  readonly installationId: string;
}

/**
 * Makes Temporal's schedules those of the flows that are live. An id says what its schedule is, so that a flow whose times were changed has
 * another, and nothing has to be compared: what is missing is made, also in a Temporal that lost everything, and what is too many goes.
 */
export async function keepSchedules({ db, schedules, installationId }: KeeperDependencies): Promise<void> {
  const prefix = `start_${installationId}_`;
  const published = inUtc(await publishedSchedules(db));
  const wanted = new Map(published.map((one) => [`${prefix}${nameOf(one)}`, one]));
  const there = new Set(await schedules.list(prefix));
  for (const [id, schedule] of wanted) if (!there.has(id)) await schedules.create(id, schedule);
  for (const id of there) if (!wanted.has(id)) await schedules.remove(id);
}

/** Each zone's year is looked at once. */
function inUtc(published: readonly PublishedSchedule[]): FlowSchedule[] {
  const now = new Date();
  const years = new Map(
    [...new Set(published.map(({ timeZone }) => timeZone))].map((zone) => [zone, zoneYear(zone, now)]),
  );
  return published.map(({ flowId, cron, timeZone }) => ({
    flowId,
    lines: utcLines(cron, years.get(timeZone) ?? zoneYear(timeZone, now)),
  }));
}

function nameOf({ flowId, lines }: FlowSchedule): string {
  const what = createHash("sha256").update(lines.join()).digest("hex").slice(0, 12);
  return `${flowId}_${what}`;
}

/** Without anything published, Temporal is asked all the same this often: it may have been wiped. */
const ASK_EVERY_MS = 60_000;

/** Any number of workers may. */
export function startScheduleKeeper({
  everyMs,
  onError,
  ...own
}: KeeperDependencies & { readonly everyMs: number; readonly onError: (error: unknown) => void }): Background {
  let last = { publications: "", at: -Infinity };
  return runInBackground({
    everyMs,
    onError,
    async turn() {
      const seen = await publications(own.db);
      const now = performance.now();
      if (seen === last.publications && now - last.at < ASK_EVERY_MS) return false;
      await keepSchedules(own);
      last = { publications: seen, at: now };
      return false;
    },
  });
}
