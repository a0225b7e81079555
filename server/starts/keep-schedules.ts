import { createHash } from "node:crypto";
import { runInBackground, type Background } from "../../workflows/background.js";
import type { FlowSchedule, TemporalClient } from "../../workflows/temporal/client.js";
import type { Db } from "../db/database.js";
import { publications, publishedSchedules, type PublishedSchedule } from "./schedule-store.js";
import { utcLines, zoneYear, type ZoneYear } from "./utc-lines.js";

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
  await keepPublished(await publishedSchedules(db), { schedules, prefix: `start_${installationId}_` });
}

/** One that cannot be kept is told when all others are: no flow waits for another's. */
export async function keepPublished(
  published: readonly PublishedSchedule[],
  { schedules, prefix }: Pick<KeeperDependencies, "schedules"> & { readonly prefix: string },
): Promise<void> {
  const each = gathering();
  const wanted = new Map<string, FlowSchedule>();
  const yearOf = zoneYears(new Date());
  for (const { flowId, cron, timeZone } of published)
    await each(() => {
      const schedule = { flowId, lines: utcLines(cron, yearOf(timeZone)) };
      wanted.set(`${prefix}${nameOf(schedule)}`, schedule);
    });
  const there = new Set(await schedules.list(prefix));
  for (const [id, schedule] of wanted) if (!there.has(id)) await each(() => schedules.create(id, schedule));
  for (const id of there) if (!wanted.has(id)) await each(() => schedules.remove(id));
  each.told();
}

/** Runs one thing after the other, and throws at the end what they threw. */
function gathering() {
  const errors: unknown[] = [];
  const each = async (deed: () => void | Promise<void>): Promise<void> => {
    try {
      await deed();
    } catch (error) {
      errors.push(error);
    }
  };
  return Object.assign(each, {
    told() {
      if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join("; "));
    },
  });
}

/** Each zone's year is looked at once. */
function zoneYears(now: Date): (timeZone: string) => ZoneYear {
  const years = new Map<string, ZoneYear>();
  return (timeZone) => {
    const year = years.get(timeZone) ?? zoneYear(timeZone, now);
    years.set(timeZone, year);
    return year;
  };
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
