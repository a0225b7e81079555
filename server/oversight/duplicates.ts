import { groupBy } from "../../workflows/flow/group-by.js";
import type { Duplicate, Entry } from "./oversight-api.js";

type Told = Pick<Entry, "kind" | "id" | "name" | "purpose" | "dataClasses" | "dataSubjects">;

/** Entries that serve the same purpose, however it is written, with the same data of the same people. Those that do not say so are left out. */
export function duplicatesAmong(entries: readonly Told[]): Duplicate[] {
  const told = entries.filter(
    ({ purpose, dataClasses, dataSubjects }) =>
      purpose !== null && plain(purpose) !== "" && dataClasses.length > 0 && dataSubjects.length > 0,
  );
  const groups = groupBy(told, audienceOf);
  return [...groups.values()].filter((group) => group.length > 1).map(duplicateOf);
}

const audienceOf = ({ purpose, dataClasses, dataSubjects }: Told): string =>
  [plain(purpose ?? ""), dataSubjects.toSorted().join(" "), dataClasses.toSorted().join(" ")].join("|");

/** Case, accents, blanks and punctuation make no other purpose. */
const plain = (words: string): string =>
  words
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

function duplicateOf(group: readonly Told[]): Duplicate {
  const [first] = group;
  if (!first) throw new Error("a group has a first entry");
  return {
    purpose: first.purpose ?? "",
    dataSubjects: first.dataSubjects,
    dataClasses: first.dataClasses,
    things: group.map(({ kind, id, name }) => ({ kind, id, name })),
  };
}
