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
      const timer = setInterval(() => line(`  … ${label} (${seconds()} s)`), 4_000);
      try {
        const result = await work();
        line(`  ${label}: ${seconds()} s`);
        return result;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
