/**
 * The subset of JSONPath (RFC 9535) that a mapping may use: `$`, then any number of `.name`, `['any key']`, `["any key"]` or
 * `[0]`. It names one place: no wildcards, filters, slices or negative indexes. Only own properties are seen.
 */
export type Path = readonly (string | number)[];

const STEP = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(\d{1,4})\]|\['([^']*)'\]|\["([^"]*)"\]/uy;

/** Null when the text is not a path of the subset. */
export function parsePath(text: string): Path | null {
  if (!text.startsWith("$")) return null;
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (!match) return null;
    const [, name, index, single, double] = match;
    steps.push(index === undefined ? (name ?? single ?? double ?? "") : Number(index));
  }
  return steps;
}

/** Undefined where nothing stands at the path. */
export function readPath(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => {
    if (typeof at !== "object" || at === null || Array.isArray(at) !== (typeof step === "number")) return undefined;
    return Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined;
  }, value);
}
