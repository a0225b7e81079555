import { sql } from "kysely";
import type { Db } from "../db/database.js";
import { loggable, type Log } from "../http/log.js";
import type { LiveEvent } from "./live-api.js";
import { LIVE_CHANNEL, toPayloads, type Told } from "./live-channel.js";

type Topic = LiveEvent["topic"];

export interface LiveNotifier {
  /** Tells open pages that these changed; no ids: any of this kind. Call it after commit. Never throws, never waits. */
  changed(workspaceId: string, topic: Topic, ids: readonly string[]): void;
  /** Sends what is still to be told. */
  close(): Promise<void>;
}

const EVERY_MS = 100;

/**
 * The first is told at once; what follows is gathered and told at most every 100 ms, in one statement of its own: NOTIFY takes a
 * lock that commits queue for, so it has no place in anybody's transaction. What cannot be told is dropped: pages read again when
 * they reconnect.
 */
export function createLiveNotifier({ db, log }: { readonly db: Db; readonly log: Log }): LiveNotifier {
  let waiting = new Map<string, { workspaceId: string; topic: Topic; ids: Set<string>; all: boolean }>();
  let timer: NodeJS.Timeout | null = null;
  let telling: Promise<void> = Promise.resolve();

  function tell(): void {
    const told = [...waiting.values()].map(({ workspaceId, topic, ids, all }): Told => ({
      workspaceId,
      event: { topic, ids: all ? [] : [...ids] },
    }));
    waiting = new Map();
    if (told.length > 0) telling = notify(db, told).catch((error: unknown) => warn(log, error));
    timer = told.length > 0 ? setTimeout(tell, EVERY_MS).unref() : null;
  }

  return {
    changed(workspaceId, topic, ids) {
      const key = `${workspaceId} ${topic}`;
      const entry = waiting.get(key) ?? { workspaceId, topic, ids: new Set<string>(), all: false };
      for (const id of ids) entry.ids.add(id);
      waiting.set(key, { ...entry, all: entry.all || ids.length === 0 });
      if (timer === null) tell();
    },
    async close() {
      if (timer) clearTimeout(timer);
      tell();
      if (timer) clearTimeout(timer);
      await telling;
    },
  };
}

async function notify(db: Db, told: readonly Told[]): Promise<void> {
  const payloads = told.flatMap(toPayloads);
  await sql`select pg_notify(${LIVE_CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`.execute(db);
}

const warn = (log: Log, error: unknown): void =>
  log.warn({ err: loggable(error) }, "Open pages could not be told of a change");
