/** Whoever asks while an answer is on its way, or within `keptMs` after it came, gets the same one: many callers cost as much as one. */
export function shareAnswer<Answer>(
  ask: () => Promise<Answer>,
  { keptMs, now = () => performance.now() }: { readonly keptMs: number; readonly now?: () => number },
): () => Promise<Answer> {
  let shared: Promise<Answer> | null = null;
  let keptUntil = Infinity;

  async function askAnew(): Promise<Answer> {
    try {
      const answer = await ask();
      keptUntil = now() + keptMs;
      return answer;
    } catch (error) {
      shared = null;
      throw error;
    }
  }

  return () => {
    if (shared && now() < keptUntil) return shared;
    keptUntil = Infinity;
    shared = askAnew();
    return shared;
  };
}
