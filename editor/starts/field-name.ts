import { OWN_NAMES } from "../../workflows/flow/start.js";

/** "Store number" → `storeNumber`: how later steps name what is filled in. */
export function nameFrom(title: string): string {
  const [first = "", ...others] = title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const name = [first.toLowerCase(), ...others.map(capital)].join("").replace(/^[^A-Za-z]+/, "");
  return name === "" ? "field" : name.slice(0, 36);
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();

/** The same, with a number behind it where it is taken. */
export function freeName(name: string, taken: readonly string[]): string {
  const isFree = (one: string) => !taken.includes(one) && !OWN_NAMES.includes(one);
  if (isFree(name)) return name;
  return `${name}${String(Array.from({ length: taken.length + 2 }, (_, at) => at + 2).find((n) => isFree(`${name}${String(n)}`)))}`;
}
