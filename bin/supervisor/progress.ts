const FIRST_WORD_MS = 2_000;
const NEXT_WORD_MS = 5_000;
const WORTH_A_LINE_MS = 100;

/** Where a person reads what happens. The server writes to standard output, the command line to standard error. */
export interface Terminal {
  line(text: string): void;
}

export interface Progress extends Terminal {
  /** Runs one step: silent when quick, otherwise it says every few seconds what takes so long, and how long it took. */
  step<Result>(label: string, work: () => Promise<Result>): Promise<Result>;
}

export function createProgress(write: (text: string) => void, now: () => number = Date.now): Progress {
  const line = (text: string) => {
    write(`${text}\n`);
  };
  return {
    line,
    async step(label, work) {
      const startedAt = now();
      const seconds = () => ((now() - startedAt) / 1000).toFixed(1);
      const timer = everyFewSeconds(() => line(`  … ${label} (${seconds()} s)`));
      try {
        const result = await work();
        if (now() - startedAt >= WORTH_A_LINE_MS) line(`  ${label}: ${seconds()} s`);
        return result;
      } finally {
        timer.stop();
      }
    },
  };
}

function everyFewSeconds(tell: () => void): { stop(): void } {
  let timer = setTimeout(function again() {
    tell();
    timer = setTimeout(again, NEXT_WORD_MS);
  }, FIRST_WORD_MS);
  return { stop: () => clearTimeout(timer) };
}
