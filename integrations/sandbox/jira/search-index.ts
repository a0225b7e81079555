import type { Collection, World } from "../system.js";
import type { IndexChange, IndexedIssue, IndexRow, IssueRow } from "./rows.js";

/** Atlassian: "a few seconds to minutes … the majority within seconds". */
const DEFAULT_LAG_MS = 2_000;

export interface SearchIndex {
  record(id: string, issue: IssueRow | null): void;
  /** Issue ids with what a search sees of them now. */
  visible(): { readonly id: string; readonly issue: IndexedIssue }[];
}

/** Jira's search is eventually consistent; a write becomes visible to JQL only after the lag (standing fault `index_lag{ms}`). */
export function createSearchIndex(world: World): SearchIndex {
  const rows: Collection<IndexRow> = world.collection("jira", "search_index");

  const lagOf = () => {
    const ms = world.standingFault("jira", "index_lag")?.["ms"];
    return typeof ms === "number" ? ms : undefined;
  };

  const isVisible = (change: IndexChange) => {
    const now = world.now();
    // Once an index_lag fault is lifted, what it held back appears after the ordinary lag.
    const caughtUp = lagOf() === undefined && change.at + DEFAULT_LAG_MS <= now;
    return change.visibleAt <= now || caughtUp;
  };

  const latestVisible = (row: IndexRow) => row.changes.findLast(isVisible);

  return {
    record(id, issue) {
      const before = rows.get(id)?.changes ?? [];
      const firstNeeded = Math.max(0, before.findLastIndex(isVisible));
      const at = world.now();
      const change = { at, visibleAt: at + (lagOf() ?? DEFAULT_LAG_MS), issue: issue && indexed(issue) };
      rows.put(id, { id, changes: [...before.slice(firstNeeded), change] });
    },
    visible: () =>
      rows.all().flatMap((row) => {
        const issue = latestVisible(row)?.issue;
        return issue ? [{ id: row.id, issue }] : [];
      }),
  };
}

export function indexed(issue: IssueRow): IndexedIssue {
  const { key, project, status, priority, labels, assignee } = issue;
  const times = { createdAt: Date.parse(issue.createdAt), updatedAt: Date.parse(issue.updatedAt) };
  return { key, project, issuetype: issue.type, status, priority, labels, assignee, ...times };
}
