/**
 * Salesforce ids: a three-character prefix for the object, then base 62, 15 characters in all, where case counts. The 18-character form
 * adds three characters that say which of the 15 are upper case, so that it survives systems that ignore case.
 * Source: SOAP API Developer Guide, "ID Field Type".
 */
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
/** Between prefix and number: as if a pod had handed the id out. */
const POD = "Lw0";

export function makeId(prefix: string, number: number): string {
  return withChecksum(prefix + POD + base62(number).padStart(15 - prefix.length - POD.length, "0"));
}

function base62(number: number): string {
  const digit = BASE62.charAt(number % 62);
  return number < 62 ? digit : base62(Math.floor(number / 62)) + digit;
}

function withChecksum(id15: string): string {
  return id15 + [0, 5, 10].map((start) => CHECK.charAt(upperBits(id15.slice(start, start + 5)))).join("");
}

function upperBits(five: string): number {
  return Array.from(five).reduce((bits, character, index) => bits + (/[A-Z]/.test(character) ? 2 ** index : 0), 0);
}

/** The 18-character form with its case restored, or undefined for what cannot be an id. */
export function canonicalId(given: string): string | undefined {
  if (!/^(?:[0-9A-Za-z]{15}|[0-9A-Za-z]{18})$/.test(given)) return undefined;
  if (given.length === 15) return withChecksum(given);
  const bits = Array.from(given.slice(15).toUpperCase(), (character) => CHECK.indexOf(character));
  if (bits.includes(-1)) return undefined;
  const restored = Array.from(given.slice(0, 15), (character, index) => {
    const isUpper = ((bits[Math.floor(index / 5)] ?? 0) >> (index % 5)) & 1;
    return isUpper ? character.toUpperCase() : character.toLowerCase();
  });
  return withChecksum(restored.join(""));
}
