import { sql } from "kysely";
import type { Db } from "../db/database.js";
import { createPacedNotifier } from "../db/paced-notifier.js";
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

interface Gathered {
  readonly workspaceId: string;
  readonly topic: Topic;
  readonly ids: Set<string>;
  readonly all: boolean;
}

/** What changes within 100 ms is told at once. What cannot be told is dropped: pages read again when they reconnect. */
export function createLiveNotifier({ db, log }: { readonly db: Db; readonly log: Log }): LiveNotifier {
  const waiting = new Map<string, Gathered>();
  const notifier = createPacedNotifier(
    () => {
      const told = [...waiting.values()].map(toTold);
      waiting.clear();
      return notify(db, told);
    },
    (error) => log.warn({ err: loggable(error) }, "Open pages could not be told of a change"),
  );
  return {
    changed(workspaceId, topic, ids) {
      const key = `${workspaceId} ${topic}`;
      const entry = waiting.get(key) ?? { workspaceId, topic, ids: new Set<string>(), all: false };
      for (const id of ids) entry.ids.add(id);
      waiting.set(key, { ...entry, all: entry.all || ids.length === 0 });
      notifier.tell();
    },
    close: notifier.close,
  };
}

const toTold = ({ workspaceId, topic, ids, all }: Gathered): Told => ({
  workspaceId,
  event: { topic, ids: all ? [] : [...ids] },
});

async function notify(db: Db, told: readonly Told[]): Promise<void> {
  const payloads = told.flatMap(toPayloads);
  await sql`select pg_notify(${LIVE_CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`.execute(db);
}
