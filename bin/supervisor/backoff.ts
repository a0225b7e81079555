const FIRST_MS = 200;
const LONGEST_MS = 10_000;
/** A process that lived this long was healthy: its next death starts the series anew. */
const HEALTHY_MS = 30_000;

/** How long to wait before starting a process again that lived `livedMs`, after the last wait of `previousMs` (0: none). */
export function nextDelay(previousMs: number, livedMs: number): number {
  if (previousMs === 0 || livedMs >= HEALTHY_MS) return FIRST_MS;
  return Math.min(previousMs * 2, LONGEST_MS);
}
