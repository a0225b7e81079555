/** More is too long to be read beside another. */
const SHOWN = 120;
/** Of what both say, so much is shown before and after where they part. */
const AROUND = 30;

interface Pair {
  readonly before: string;
  readonly after: string;
}

/** Two texts, each shortened to the part in which they differ; null where both are short already. */
export function excerpts({ before, after }: Pair): Pair | null {
  if (!isLong(before) && !isLong(after)) return null;
  const start = Math.max(0, sameAtStart(before, after) - AROUND);
  const end = Math.max(0, sameAtEnd(before, after) - AROUND);
  return { before: part(before, start, end), after: part(after, start, end) };
}

const isLong = (text: string): boolean => text.length > SHOWN || text.includes("\n");

function part(text: string, start: number, end: number): string {
  const whole = text.length - end;
  const until = Math.min(whole, start + SHOWN);
  return `${start > 0 ? "…" : ""}${text.slice(start, until)}${until < text.length ? "…" : ""}`;
}

function sameAtStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at += 1;
  return at;
}

/** What counts as the same start is not counted again. */
function sameAtEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length) - sameAtStart(one, other);
  let at = 0;
  while (at < most && one.at(-1 - at) === other.at(-1 - at)) at += 1;
  return at;
}
