import type { ImportedAccount } from "../../server/accounts/accounts-api.js";

/** Columns that say where an account stands; every other one is an attribute. */
const [NAME, PARENT] = ["name", "parent"];

/**
 * Accounts as they are pasted: a JSON list, or lines with a head, `name,parent,region`, apart by commas, semicolons or tabs as tables come.
 * An empty parent is below none; null: neither of both.
 */
export function readAccountLines(text: string): readonly ImportedAccount[] | null {
  if (text.trim().startsWith("[")) return readJson(text);
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const mark = ["\t", ";", ","].find((one) => head.includes(one)) ?? ",";
  const columns = cellsOf(head, mark).map((name) => name.trim());
  if (!columns.includes(NAME) || lines.length === 0) return null;
  return lines.map((line) => accountOf(columns, cellsOf(line, mark)));
}

function readJson(text: string): readonly ImportedAccount[] | null {
  try {
    // The server reads it by its schema.
    return JSON.parse(text) as readonly ImportedAccount[];
  } catch {
    return null;
  }
}

/** Quoted where the mark stands in it; a quote in quotes is doubled. */
const cellsOf = (line: string, mark: string): string[] =>
  [...line.matchAll(new RegExp(`(?:^|${mark})(?:"((?:[^"]|"")*)"|([^${mark}]*))`, "g"))].map(
    ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain.trim(),
  );

function accountOf(columns: readonly string[], cells: readonly string[]): ImportedAccount {
  const at = (column: string): string => cells[columns.indexOf(column)] ?? "";
  const attributes = columns.flatMap((column, place): [string, string | number][] => {
    const cell = cells[place] ?? "";
    return column === NAME || column === PARENT || cell === "" ? [] : [[column, numberOr(cell)]];
  });
  return {
    name: at(NAME),
    ...(columns.includes(PARENT) && { parent: at(PARENT) === "" ? null : at(PARENT) }),
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
  };
}

const numberOr = (text: string): string | number => (String(Number(text)) === text ? Number(text) : text);
