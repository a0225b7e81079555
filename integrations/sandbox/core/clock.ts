/** The longest wait that setTimeout keeps, in milliseconds. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export interface SandboxClock {
  now(): number;
  /** Moves sandbox time forward and resolves when what became due has run. */
  advance(ms: number): Promise<void>;
  /** Returns a function that cancels the timer. */
  schedule(afterMs: number, run: () => void | Promise<void>): () => void;
  /** Back to the machine's clock, forgetting every timer. */
  reset(): void;
}

interface Timer {
  readonly dueAt: number;
  readonly run: () => void | Promise<void>;
}

export const createClock = (report: (error: unknown) => void): SandboxClock => {
  const timers = new Set<Timer>();
  let offset = 0;
  let alarm: NodeJS.Timeout | undefined;
  const now = (): number => Date.now() + offset;

  const runTimer = async (timer: Timer): Promise<void> => {
    timers.delete(timer);
    try {
      await timer.run();
    } catch (error) {
      report(error);
    }
  };
  const runDue = async (): Promise<void> => {
    const due = [...timers].filter((timer) => timer.dueAt <= now()).sort((a, b) => a.dueAt - b.dueAt);
    const runs = due.map(runTimer);
    arm();
    await Promise.all(runs);
  };
  const arm = (): void => {
    clearTimeout(alarm);
    if (timers.size === 0) return;
    const next = Math.min(...Array.from(timers, (timer) => timer.dueAt));
    alarm = setTimeout(() => void runDue(), Math.min(Math.max(0, next - now()), LONGEST_TIMEOUT_MS));
    alarm.unref();
  };

  return {
    now,
    advance: (ms) => {
      offset += ms;
      return runDue();
    },
    schedule: (afterMs, run) => {
      const timer = { dueAt: now() + Math.max(0, afterMs), run };
      timers.add(timer);
      arm();
      return () => {
        if (timers.delete(timer)) arm();
      };
    },
    reset: () => {
      offset = 0;
      timers.clear();
      clearTimeout(alarm);
    },
  };
};
