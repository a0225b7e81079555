import { byIdOrName, ISSUE_TYPES, PRIORITIES, PROJECTS, projectOf, STATUSES } from "./catalogue.js";
import { tokenizeJql, type JqlToken } from "./jql-tokens.js";
import { MEMBERS } from "./people.js";
import { JiraRefusal, refuse, problem } from "./reply.js";

/**
 * The subset of JQL that the sandbox answers: conditions joined by AND over project, labels, status, key, issuetype, priority, assignee,
 * created and updated, then ORDER BY. What real Jira would refuse is refused in its words; what only the sandbox lacks is a 400
 * with header `x-fake-unsupported`.
 */
export interface JqlQuery {
  readonly where: readonly JqlCondition[];
  readonly orderBy: readonly { readonly field: JqlField; readonly descending: boolean }[];
}

export interface JqlCondition {
  readonly field: JqlField;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export type JqlField =
  "project" | "labels" | "status" | "key" | "issuetype" | "priority" | "assignee" | "created" | "updated";
type Operator = "=" | "!=" | "in" | "not in" | ">" | ">=" | "<" | "<=";

const ALIASES: Readonly<Record<string, JqlField>> = {
  project: "project", labels: "labels", status: "status", key: "key", issuekey: "key", issue: "key", id: "key",
  issuetype: "issuetype", type: "issuetype", priority: "priority", assignee: "assignee",
  created: "created", createddate: "created", updated: "updated", updateddate: "updated",
}; // prettier-ignore

/** Fields that Jira has and this fake does not search by. */
const NOT_IMITATED = new Set([
  "affectedversion", "attachments", "category", "comment", "component", "creator", "description", "due", "duedate", "environment",
  "filter", "fixversion", "lastviewed", "level", "parent", "reporter", "resolution", "resolved", "sprint", "statuscategory",
  "summary", "text", "voter", "votes", "watcher", "watchers",
]); // prettier-ignore

const TIMES: ReadonlySet<JqlField> = new Set<JqlField>(["created", "updated"]);
const COMPARISONS = new Set(["=", "!=", ">", ">=", "<", "<="]);

export function parseJql(jql: string): JqlQuery {
  const cursor = { tokens: tokenizeJql(jql), at: 0 };
  const where: JqlCondition[] = [];
  if (peek(cursor).kind !== "end" && !isWord(cursor, "order")) {
    do where.push(parseCondition(cursor));
    while (takeWord(cursor, "and"));
  }
  if (isWord(cursor, "or")) notImitated("OR in JQL");
  const orderBy = takeWord(cursor, "order") ? parseOrder(cursor) : [];
  const rest = peek(cursor);
  if (rest.kind !== "end") syntax(`Expecting either 'OR' or 'AND' but got '${rest.text}'.`, rest);
  return { where, orderBy };
}

interface Cursor {
  readonly tokens: readonly JqlToken[];
  at: number;
}

const END: JqlToken = { kind: "end", text: "", column: 1 };

const peek = (cursor: Cursor) => cursor.tokens[cursor.at] ?? END;

function take(cursor: Cursor): JqlToken {
  const token = peek(cursor);
  cursor.at += 1;
  return token;
}

function isWord(cursor: Cursor, word: string): boolean {
  const token = peek(cursor);
  return token.kind === "word" && token.text.toLowerCase() === word;
}

function takeWord(cursor: Cursor, word: string): boolean {
  const found = isWord(cursor, word);
  if (found) cursor.at += 1;
  return found;
}

function syntax(complaint: string, token: JqlToken): never {
  return refuse(400, [`Error in the JQL Query: ${complaint} (line 1, character ${token.column})`]);
}

function notImitated(what: string): never {
  const headers = { "x-fake-unsupported": what };
  throw new JiraRefusal({ ...problem(400, [`The sandbox's JQL does not support ${what}.`]), headers });
}

function parseCondition(cursor: Cursor): JqlCondition {
  const token = take(cursor);
  if (token.kind === "open" || token.text.toLowerCase() === "not") notImitated("grouping and negation");
  const field = fieldOf(token);
  const operator = parseOperator(cursor, field);
  const values = operator === "in" || operator === "not in" ? parseList(cursor) : [parseValue(cursor)];
  values.forEach((value) => mustExist(field, value));
  return { field, operator, values };
}

function fieldOf(token: JqlToken): JqlField {
  if (token.kind !== "word" && token.kind !== "string")
    syntax(`Expecting a field name but got '${token.text}'.`, token);
  const name = token.text.toLowerCase();
  if (NOT_IMITATED.has(name)) notImitated(`the field ${token.text}`);
  return (
    ALIASES[name] ?? refuse(400, [`Field '${token.text}' does not exist or you do not have permission to view it.`])
  );
}

const OPERATORS =
  "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.";

function parseOperator(cursor: Cursor, field: JqlField): Operator {
  const token = take(cursor);
  const word = token.text.toLowerCase();
  if (word === "in") return "in";
  if (word === "not" && takeWord(cursor, "in")) return "not in";
  if (["is", "was", "changed"].includes(word)) notImitated(`the operator ${token.text}`);
  if (token.kind !== "operator") syntax(`Expecting operator but got '${token.text}'. ${OPERATORS}`, token);
  return supported(token.text, field);
}

function supported(operator: string, field: JqlField): Operator {
  const fits = isComparison(operator) && (!isOrdering(operator) || TIMES.has(field));
  return fits ? operator : refuse(400, [`The operator '${operator}' is not supported by the '${field}' field.`]);
}

function isComparison(text: string): text is Exclude<Operator, "in" | "not in"> {
  return COMPARISONS.has(text);
}

const isOrdering = (text: string) => text.startsWith(">") || text.startsWith("<");

function parseList(cursor: Cursor): string[] {
  const open = take(cursor);
  if (open.kind !== "open") syntax(`Expecting '(' but got '${open.text}'.`, open);
  const values = [parseValue(cursor)];
  while (peek(cursor).kind === "comma") {
    cursor.at += 1;
    values.push(parseValue(cursor));
  }
  const close = take(cursor);
  if (close.kind !== "close") syntax(`Expecting ')' or ',' but got '${close.text}'.`, close);
  return values;
}

function parseValue(cursor: Cursor): string {
  const token = take(cursor);
  if (token.kind !== "word" && token.kind !== "string") syntax("Expecting either a value, list or function.", token);
  if (token.kind === "word" && peek(cursor).kind === "open") notImitated(`the function ${token.text}()`);
  if (token.kind === "word" && token.text.toLowerCase() === "empty") notImitated("EMPTY");
  return token.text;
}

function parseOrder(cursor: Cursor): JqlQuery["orderBy"] {
  if (!takeWord(cursor, "by")) syntax(`Expecting 'by' but got '${peek(cursor).text}'.`, peek(cursor));
  const order: { field: JqlField; descending: boolean }[] = [];
  do {
    const field = fieldOf(take(cursor));
    const descending = takeWord(cursor, "desc");
    if (!descending) takeWord(cursor, "asc");
    order.push({ field, descending });
  } while (takeComma(cursor));
  return order;
}

function takeComma(cursor: Cursor): boolean {
  const found = peek(cursor).kind === "comma";
  if (found) cursor.at += 1;
  return found;
}

const person = (value: string) =>
  MEMBERS.find(({ accountId, displayName }) => accountId === value || displayName === value);

/** Jira refuses a search for a project, status or person that does not exist, rather than finding nothing. */
const EXISTS: Partial<Record<JqlField, (value: string) => boolean>> = {
  project: (value) => projectOf(value) !== undefined || byIdOrName(PROJECTS, value) !== undefined,
  status: (value) => byIdOrName(STATUSES, value) !== undefined,
  issuetype: (value) => byIdOrName(ISSUE_TYPES, value) !== undefined,
  priority: (value) => byIdOrName(PRIORITIES, value) !== undefined,
  assignee: (value) => person(value) !== undefined,
  created: (value) => timeOf(value, 0) !== undefined,
  updated: (value) => timeOf(value, 0) !== undefined,
};

function mustExist(field: JqlField, value: string): void {
  if (EXISTS[field]?.(value) !== false) return;
  const message = TIMES.has(field)
    ? `Date value '${value}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`
    : `The value '${value}' does not exist for the field '${field}'.`;
  refuse(400, [message]);
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds since the epoch; Jira reads times in the user's zone, the sandbox in UTC. */
export function timeOf(value: string, now: number): number | undefined {
  const period = /^([+-]?\d+)([mhdw])$/.exec(value);
  if (period) return now + Number(period[1]) * (UNITS[period[2] ?? ""] ?? 0);
  const day = /^(\d{4})[/-](\d{2})[/-](\d{2})(?: (\d{2}:\d{2}))?$/.exec(value);
  if (!day) return undefined;
  const time = Date.parse(`${day[1] ?? ""}-${day[2] ?? ""}-${day[3] ?? ""}T${day[4] ?? "00:00"}:00Z`);
  return Number.isNaN(time) ? undefined : time;
}
