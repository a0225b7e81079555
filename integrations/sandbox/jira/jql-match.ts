import { byIdOrName, ISSUE_TYPES, PRIORITIES, PROJECTS, projectOf, STATUSES } from "./catalogue.js";
import { timeOf, type JqlCondition, type JqlField, type JqlQuery } from "./jql.js";
import { MEMBERS } from "./people.js";
import type { IndexedIssue } from "./rows.js";

interface Candidate {
  readonly id: string;
  /** Milliseconds, for relative times. */
  readonly now: number;
}

type Equals = (issue: IndexedIssue, value: string, candidate: Candidate) => boolean;

const EQUALS: Readonly<Record<Exclude<JqlField, "created" | "updated">, Equals>> = {
  project: (issue, value) => issue.project === (projectOf(value) ?? byIdOrName(PROJECTS, value))?.key,
  labels: (issue, value) => issue.labels.some((label) => label.toLowerCase() === value.toLowerCase()),
  status: (issue, value) => issue.status === byIdOrName(STATUSES, value)?.name,
  key: (issue, value, { id }) => issue.key === value.toUpperCase() || id === value,
  issuetype: (issue, value) => issue.issuetype === byIdOrName(ISSUE_TYPES, value)?.name,
  priority: (issue, value) => issue.priority === byIdOrName(PRIORITIES, value)?.name,
  assignee: (issue, value) =>
    MEMBERS.some(
      (person) => person.displayName === issue.assignee && [person.accountId, person.displayName].includes(value),
    ),
};

const COMPARE: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
};

export function matches(where: readonly JqlCondition[], issue: IndexedIssue, candidate: Candidate): boolean {
  return where.every((condition) => holds(condition, issue, candidate));
}

function holds(condition: JqlCondition, issue: IndexedIssue, candidate: Candidate): boolean {
  const { field, operator, values } = condition;
  if (field === "created" || field === "updated") {
    const left = field === "created" ? issue.createdAt : issue.updatedAt;
    return compares(left, condition, candidate.now);
  }
  const some = values.some((value) => EQUALS[field](issue, value, candidate));
  return operator === "!=" || operator === "not in" ? !some && isSet(field, issue) : some;
}

function compares(left: number, { operator, values }: JqlCondition, now: number): boolean {
  const rights = values.map((value) => timeOf(value, now) ?? Number.NaN);
  if (operator === "in") return rights.includes(left);
  if (operator === "not in") return !rights.includes(left);
  return rights.some((right) => COMPARE[operator]?.(left, right) ?? false);
}

/** In JQL `labels != x` does not find issues without any label, nor `assignee != x` unassigned ones. */
function isSet(field: JqlField, issue: IndexedIssue): boolean {
  if (field === "labels") return issue.labels.length > 0;
  return field !== "assignee" || issue.assignee !== null;
}

const RANK: Readonly<Record<JqlField, (issue: IndexedIssue) => string | number>> = {
  project: ({ project }) => project,
  labels: ({ labels }) => labels.join(),
  status: ({ status }) => STATUSES.findIndex(({ name }) => name === status),
  key: ({ key }) => key.replace(/\d+$/, (digits) => digits.padStart(9, "0")),
  issuetype: ({ issuetype }) => issuetype,
  priority: ({ priority }) => -PRIORITIES.findIndex(({ name }) => name === priority),
  assignee: ({ assignee }) => assignee ?? "",
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
};

type Hit = { readonly id: string; readonly issue: IndexedIssue };

/** Newest first without ORDER BY, so that pages are stable. */
export function inOrder(hits: readonly Hit[], orderBy: JqlQuery["orderBy"]): Hit[] {
  const order = orderBy.length > 0 ? orderBy : [{ field: "created" as const, descending: true }];
  return [...hits].sort((first, second) => {
    for (const { field, descending } of order) {
      const [left, right] = [RANK[field](first.issue), RANK[field](second.issue)];
      if (left !== right) return left < right === descending ? 1 : -1;
    }
    const newestFirst = Number(second.id) - Number(first.id);
    return order[0]?.descending === false ? -newestFirst : newestFirst;
  });
}
