import { asText } from "../ui/read.js";

/** A name for a new way out that none of its siblings has. */
export function freshOutput(stem: string, siblings: readonly Readonly<Record<string, unknown>>[]): string {
  const taken = new Set(siblings.map(({ output }) => asText(output)));
  let number = siblings.length + 1;
  while (taken.has(`${stem}${String(number)}`)) number += 1;
  return `${stem}${String(number)}`;
}
