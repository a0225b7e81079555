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
}

/** Values that are believed for a short while. */
export function createShortCache<Value>({ keptMs, most, now = Date.now }: ShortCacheOptions): ShortCache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get(name) {
      const entry = entries.get(name);
      return entry && entry.until > now() ? entry.value : undefined;
    },
    set(name, value) {
      entries.delete(name);
      const [oldest] = entries.keys();
      if (entries.size >= most && oldest !== undefined) entries.delete(oldest);
      entries.set(name, { value, until: now() + keptMs });
    },
    clear: () => entries.clear(),
  };
}
