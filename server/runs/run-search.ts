const DIGITS = 32;

/** What somebody typed to find runs: ids between two, or how an outcome begins. */
export type RunSearch =
  | { readonly kind: "ids"; readonly least: string; readonly most: string }
  | { readonly kind: "outcome"; readonly begins: string };

export function searchOf(words: string): RunSearch {
  const digits = words.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{8,32}$/.test(digits)) return { kind: "outcome", begins: words.toLowerCase() };
  return { kind: "ids", least: uuidOf(digits.padEnd(DIGITS, "0")), most: uuidOf(digits.padEnd(DIGITS, "f")) };
}

const uuidOf = (digits: string): string =>
  [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
