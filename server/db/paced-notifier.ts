export interface PacedNotifier {
  /** After commit. Never throws, never waits. */
  tell(): void;
  /** Sends what is still to be told. */
  close(): Promise<void>;
}

const EVERY_MS = 100;

/**
 * Notifies the first time at once and then at most every 100 ms, in a statement of its own: NOTIFY takes a lock that commits queue
 * for, so it has no place in anybody's transaction. `notify` tells what was gathered since it was called last.
 */
export function createPacedNotifier(notify: () => Promise<unknown>, onError: (error: unknown) => void): PacedNotifier {
  let isAsked = false;
  let resting: NodeJS.Timeout | null = null;
  let telling: Promise<unknown> = Promise.resolve();

  function send(): void {
    isAsked = false;
    telling = notify().catch(onError);
    resting = setTimeout(() => {
      resting = null;
      if (isAsked) send();
    }, EVERY_MS).unref();
  }

  return {
    tell() {
      isAsked = true;
      if (resting === null) send();
    },
    async close() {
      if (isAsked) send();
      if (resting !== null) clearTimeout(resting);
      await telling;
    },
  };
}
