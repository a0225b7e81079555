/**
 * Progress for what runs before anything of ours is built: a line every few seconds for what takes long, and how long it took.
 * (bin/supervisor/progress.ts does the same afterwards.)
 */
export function createSteps(write) {
  const line = (text) => write(`${text}\n`);
  return {
    line,
    async step(label, work) {
      const startedAt = Date.now();
      const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);
      const timer = repeatedly(() => line(`  … ${label} (${seconds()} s)`));
      try {
        const result = await work();
        line(`  ${label}: ${seconds()} s`);
        return result;
      } finally {
        timer.stop();
      }
    },
  };
}

/** After two seconds, then at growing distances: an installation may take minutes. */
function repeatedly(tell) {
  let waitMs = 2_000;
  let timer = setTimeout(function again() {
    tell();
    waitMs = Math.min(waitMs + 3_000, 15_000);
    timer = setTimeout(again, waitMs);
  }, waitMs);
  return { stop: () => clearTimeout(timer) };
}
