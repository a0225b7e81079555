import { isOpen } from "../../../workflows/ledger/effect-store.js";
import { until } from "../../../workflows/testing/until.js";
import type { Db } from "../../db/database.js";
import { effects, isAtRest, runsOf } from "../../testing/ledger-views.js";

type Effect = Awaited<ReturnType<typeof effects>>[number];

/** How long whatever was killed, lost or asleep may keep runs from their rest; 45 s is the promise, on a machine that does nothing else. */
const REST_MS = 300_000;
/** For a whole test on a machine that does much else. */
export const PATIENCE_MS = 600_000;

/** Resolves once there are `count` runs, every one has ended or stands visibly parked, and no notice is still to be sent. */
export async function allAtRest(db: Db, count: number, timeoutMs = REST_MS): Promise<void> {
  await until(
    async () => ({ runs: await runsOf(db), effects: await effects(db) }),
    (now) => now.runs.length >= count && now.runs.every(isAtRest) && !now.effects.some(isNoticeToSend),
    { what: `the rest of ${count} runs`, timeoutMs, everyMs: 250 },
  ).catch(async () => {
    throw new Error(`These did not come to rest within ${timeoutMs} ms:\n${await restless(db)}`);
  });
}

/** The second notice of one second waits for its channel's rate slot while the runs it tells of are long at rest. */
const isNoticeToSend = (effect: Effect): boolean => effect.owner_kind === "notice" && isOpen(effect);

/** Who is not at rest, and what holds them. */
export async function restless(db: Db): Promise<string> {
  const rows = await effects(db);
  const told = (await runsOf(db))
    .filter((run) => !isAtRest(run))
    .map(({ id, state, seq, due_at, driven }) => {
      const own = rows
        .filter(({ owner_id }) => owner_id === id)
        .map(
          (effect) =>
            `${effect.action} ${effect.state} ${effect.code} attempts ${effect.attempts} claim ${effect.claimed_until?.toISOString()} not before ${effect.not_before?.toISOString()}`,
        );
      return `${id} ${state} seq ${seq} due ${String(due_at)} driven ${driven}: ${own.join("; ")}`;
    });
  const notices = rows.filter(isNoticeToSend).map(({ id, state, not_before }) => {
    return `notice ${id} ${state} not before ${not_before?.toISOString()}`;
  });
  return [...told, ...notices].join("\n");
}
