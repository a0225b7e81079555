const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs work that ends when the process is asked to end, and sets the exit code: 0 after a stop, 1 after an error, which is told. */
export async function runUntilStopped(work: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  // A second Ctrl-C changes nothing: ending in order is what keeps the next start quick, and it takes 15 s at most.
  for (const signal of SIGNALS) process.on(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  try {
    await work(stop.signal);
    process.exitCode = 0;
  } catch (error) {
    process.stderr.write(`Loopwright stops: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
