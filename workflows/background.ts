/** A loop that runs its turn every so often, or at once when woken, and stops cleanly. Turns never overlap. */
export interface Background {
  wake(): void;
  /** Resolves once the turn in hand has ended. */
  stop(): Promise<void>;
}

export interface BackgroundOptions {
  /** Answers true when there is more to do at once. */
  readonly turn: () => Promise<boolean>;
  readonly everyMs: number;
  /** A turn that throws is reported and tried again after the usual wait. */
  readonly onError: (error: unknown) => void;
}

export function runInBackground({ turn, everyMs, onError }: BackgroundOptions): Background {
  const state: { stopped: boolean; woken: boolean; wake: () => void } = {
    stopped: false,
    woken: false,
    wake: () => undefined,
  };
  const loop = (async () => {
    while (!state.stopped) {
      state.woken = false;
      const more = await turn().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (!more && isIdle()) await rest();
    }
  })();

  /** A call, because the compiler cannot see that a turn may have changed it. */
  function isIdle(): boolean {
    return !state.woken && !state.stopped;
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      state.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (state.stopped) state.wake();
    });
  }

  return {
    wake() {
      state.woken = true;
      state.wake();
    },
    async stop() {
      state.stopped = true;
      state.wake();
      await loop;
    },
  };
}
