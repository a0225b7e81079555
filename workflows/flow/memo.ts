/** Remembers the last results by key; the least recently used goes first, so that no input makes it grow. */
export function memo<Input, Result>(
  limit: number,
  keyOf: (input: Input) => string,
  make: (input: Input) => Result,
): (input: Input) => Result {
  const kept = new Map<string, { readonly result: Result }>();
  return (input) => {
    const key = keyOf(input);
    const known = kept.get(key) ?? { result: make(input) };
    kept.delete(key);
    kept.set(key, known);
    if (kept.size > limit) {
      const oldest = kept.keys().next();
      if (!oldest.done) kept.delete(oldest.value);
    }
    return known.result;
  };
}
