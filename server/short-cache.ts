export interface ShortCacheOptions {
  /** How long an entry is believed, in milliseconds. */
  readonly keptMs: number;
  /** The oldest entry gives way to one more. */
  readonly most: number;
  readonly now?: () => number;
}

export interface ShortCache<Value> {
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
  clear(): void;
  /** How many are held. */
  size(): number;
}

/** Values that are believed for a short while, and let go at the next look or change once it is over: some of them are keys. */
export function createShortCache<Value>({ keptMs, most, now = Date.now }: ShortCacheOptions): ShortCache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  // They stand in the order of their ends: each is kept as long, and being set again makes young.
  const drop = (at: number): void => {
    for (const [name, { until }] of entries) {
      if (until > at) return;
      entries.delete(name);
    }
  };
  return {
    get(name) {
      const at = now();
      drop(at);
      const entry = entries.get(name);
      return entry && entry.until > at ? entry.value : undefined;
    },
    set(name, value) {
      const at = now();
      drop(at);
      entries.delete(name);
      const [oldest] = entries.keys();
      if (entries.size >= most && oldest !== undefined) entries.delete(oldest);
      entries.set(name, { value, until: at + keptMs });
    },
    clear: () => entries.clear(),
    size: () => entries.size,
  };
}
