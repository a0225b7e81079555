import { connectorWords } from "./connector-words.js";
import { hardSpaces } from "./hard-spaces.js";
import { serverWords } from "./server-words.js";

const NUMBER = /\d+/g;

/** What the server says in English, in French where it is known; numbers within a known sentence keep their order. */
export function inFrench(english: string): string {
  const known = serverWords[english] ?? connectorWords[english];
  if (known !== undefined) return hardSpaces(known);
  const numbers = english.match(NUMBER) ?? [];
  const pattern = numbers.length === 0 ? undefined : connectorWords[english.replace(NUMBER, "#")];
  return pattern === undefined ? english : hardSpaces(pattern.replaceAll("#", () => numbers.shift() ?? ""));
}
