/** What a Jira administrator would have set up. It never changes, so it is code and not state. */

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Project extends Named {
  readonly key: string;
  readonly lead: string;
}

export const PROJECTS: readonly Project[] = [
  { id: "10000", key: "SUP", name: "Support", lead: "Tom Okafor" },
  { id: "10001", key: "RND", name: "R&D", lead: "Kenji Watanabe" },
];

export interface IssueType extends Named {
  readonly description: string;
}

export const ISSUE_TYPES: readonly IssueType[] = [
  { id: "10001", name: "Story", description: "Functionality or a feature expressed as a user goal." },
  { id: "10002", name: "Task", description: "A small, distinct piece of work." },
  { id: "10004", name: "Bug", description: "A problem or error." },
];

export interface Priority extends Named {
  readonly colour: string;
  readonly description: string;
}

export const PRIORITIES: readonly Priority[] = [
  { id: "1", name: "Highest", colour: "#d04437", description: "This problem will block progress." },
  { id: "2", name: "High", colour: "#f15C75", description: "Serious problem that could block progress." },
  { id: "3", name: "Medium", colour: "#f79232", description: "Has the potential to affect progress." },
  { id: "4", name: "Low", colour: "#707070", description: "Minor problem or easily worked around." },
  { id: "5", name: "Lowest", colour: "#999999", description: "Trivial problem with little or no impact on progress." },
];

export const DEFAULT_PRIORITY = "Medium";

export interface Status extends Named {
  readonly category: { readonly id: number; readonly key: string; readonly name: string; readonly colorName: string };
}

export const STATUSES: readonly Status[] = [
  { id: "10000", name: "To Do", category: { id: 2, key: "new", name: "To Do", colorName: "blue-gray" } },
  {
    id: "10001",
    name: "In Progress",
    category: { id: 4, key: "indeterminate", name: "In Progress", colorName: "yellow" },
  },
  { id: "10002", name: "Done", category: { id: 3, key: "done", name: "Done", colorName: "green" } },
];

export interface Transition extends Named {
  readonly to: string;
  readonly from: readonly string[];
}

/** From every status to every other; where an issue already is, it cannot be moved to, so that a stale transition is refused. */
export const TRANSITIONS: readonly Transition[] = [
  { id: "11", name: "To Do", to: "To Do", from: ["In Progress", "Done"] },
  { id: "21", name: "In Progress", to: "In Progress", from: ["To Do", "Done"] },
  { id: "31", name: "Done", to: "Done", from: ["To Do", "In Progress"] },
];

export interface LinkType extends Named {
  readonly inward: string;
  readonly outward: string;
}

export const LINK_TYPES: readonly LinkType[] = [
  { id: "10000", name: "Blocks", inward: "is blocked by", outward: "blocks" },
  { id: "10001", name: "Cloners", inward: "is cloned by", outward: "clones" },
  { id: "10002", name: "Duplicate", inward: "is duplicated by", outward: "duplicates" },
  { id: "10003", name: "Relates", inward: "relates to", outward: "relates to" },
];

export function projectOf(idOrKey: string): Project | undefined {
  return PROJECTS.find((project) => project.id === idOrKey || project.key === idOrKey.toUpperCase());
}

export function byIdOrName<T extends Named>(list: readonly T[], wanted: string): T | undefined {
  const lower = wanted.toLowerCase();
  return list.find((item) => item.id === wanted) ?? list.find((item) => item.name.toLowerCase() === lower);
}

/** For names that the fake stored itself. */
export function named<T extends Named>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (!found) throw new Error(`The sandbox's Jira has no "${name}"; its stored state was written by another version.`);
  return found;
}
