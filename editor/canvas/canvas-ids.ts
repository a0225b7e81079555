/** On the canvas, and in what is selected, a step has its id; notes and groups have theirs behind a word that no step's id can hold. */
const NOTE = "note:";
const GROUP = "group:";

export const noteKey = (id: string): string => `${NOTE}${id}`;
export const groupKey = (id: string): string => `${GROUP}${id}`;

export interface Chosen {
  readonly steps: readonly string[];
  readonly notes: readonly string[];
  readonly groups: readonly string[];
}

const behind = (prefix: string, ids: readonly string[]) =>
  ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));

export const sortIds = (ids: readonly string[]): Chosen => ({
  steps: ids.filter((id) => !id.includes(":")),
  notes: behind(NOTE, ids),
  groups: behind(GROUP, ids),
});
