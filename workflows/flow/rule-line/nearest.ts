import { plainWord } from "./tokens.js";

const LONGEST = 60;

/** The offer that begins what was said, but for a few letters; null where none comes near. */
export function nearest(said: string, offers: readonly string[]): string | null {
  const words = said.split(/\s+/).filter(Boolean);
  let best: { readonly offer: string; readonly share: number } | null = null;
  for (const offer of offers) {
    const plain = plainWord(offer);
    const candidate = words.slice(0, plain.split(" ").length).join(" ").slice(0, LONGEST);
    const share = distance(candidate, plain) / Math.max(plain.length, 1);
    if (share > 0 && share <= 0.34 && (best === null || share < best.share)) best = { offer, share };
  }
  return best?.offer ?? null;
}

/** How many letters must be changed, added or left out (Levenshtein), two neighbours swapped counting as two. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, sign] of Array.from(a).entries()) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (b[j - 1] === sign ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
