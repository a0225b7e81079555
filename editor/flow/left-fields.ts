import type { DraftNode } from "../../workflows/flow/schema.js";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { isRecord } from "../ui/read.js";

/** What an author has seen of a flow's fields: which were left, and which steps were there when publishing was tried. */
export interface Seen {
  /** A step and one of its fields, by the field's name in the form. */
  readonly left: ReadonlySet<string>;
  readonly tried: ReadonlySet<string>;
}

export const nothingSeen: Seen = { left: new Set(), tried: new Set() };

/** "cases[0].when" is in the field `cases[0].when`, else in `cases[0]`, else in `cases`; "input.summary" is called `summary` there. */
export function fieldNames(path: string): readonly string[] {
  const parts = path.split(/(?=[.[])/);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join("")), path.split(".").at(-1) ?? ""];
}

export const leftField = (nodeId: string, field: string): string => `${nodeId} ${field}`;

/** These say that something is not there yet, not that something there is wrong. */
const missing: ReadonlySet<string> = new Set([
  "value_missing",
  "connection_missing",
  "no_rows",
  "unreachable",
  "leads_nowhere",
  "output_not_connected",
]);

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

const valueAt = (config: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .reduce((value, part) => {
      if (Array.isArray(value)) return (value as readonly unknown[])[Number(part)];
      return isRecord(value) ? value[part] : undefined;
    }, config);

/** Missing, and its author was not there yet: a step that was just drawn is unfinished, not wrong. */
export function isAwaited({ nodeId, field, code }: FlowProblem, node: DraftNode | undefined, seen: Seen): boolean {
  if (nodeId === null || !node || seen.tried.has(nodeId)) return false;
  if (!missing.has(code) && (field === null || !isEmpty(valueAt(node.config, field)))) return false;
  return field === null || !fieldNames(field).some((name) => seen.left.has(leftField(nodeId, name)));
}
