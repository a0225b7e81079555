import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { loggable, type Log } from "../http/log.js";

export interface ListenerOptions {
  readonly url: string;
  readonly log: Log;
  readonly channels: Readonly<Record<string, (payload: string) => void>>;
  /** Listening again after a break: what was told meanwhile was missed. */
  readonly onGap: () => void;
}

export interface Listener {
  /** Resolves once it listens for the first time. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

const AGAIN_MS = { first: 250, most: 5_000 };

/** One connection of its own that listens for notifications, and comes back whenever it breaks. */
export function startListener(options: ListenerOptions): Listener {
  const stopping = new AbortController();
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const running = keepListening(options, stopping.signal, isReady);
  return {
    ready,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function keepListening(options: ListenerOptions, stopping: AbortSignal, isReady: () => void): Promise<void> {
  let pause = AGAIN_MS.first;
  let heardBefore = false;
  while (!stopping.aborted) {
    try {
      await listenOnce(options, stopping, () => {
        if (heardBefore) options.onGap();
        heardBefore = true;
        pause = AGAIN_MS.first;
        isReady();
      });
    } catch (error) {
      options.log.warn({ err: loggable(error) }, "The connection that listens for changes broke");
    }
    await wait(pause, undefined, { signal: stopping }).catch(() => undefined);
    pause = Math.min(pause * 2, AGAIN_MS.most);
  }
}

/** Returns when told to stop, throws when the connection breaks. */
async function listenOnce(
  { url, channels }: ListenerOptions,
  stopping: AbortSignal,
  onListening: () => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "loopwright-listen",
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  const ended = new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("end", () => {
      reject(new Error("the connection ended"));
    });
    stopping.addEventListener("abort", () => {
      resolve();
    });
  });
  // Until it is awaited below, a break shows in the calls before it.
  ended.catch(() => undefined);
  client.on("notification", ({ channel, payload }) => channels[channel]?.(payload ?? ""));
  try {
    await client.connect();
    for (const channel of Object.keys(channels)) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    onListening();
    await ended;
  } finally {
    await client.end().catch(() => undefined);
  }
}
