import type { z } from "zod";
import { nodes } from "../nodes/index.js";
import { problem, type Problem } from "../problem.js";
import { readNode, type DraftNode, type FlowNode } from "../schema.js";

/** Reads a node's config by its type's schema, or says what is missing, in the words of a form. */
export function readConfig(node: DraftNode): { node: FlowNode } | { problems: Problem[] } {
  const read = nodes[node.type].config.safeParse(node.config);
  if (read.success) return { node: readNode(node) };
  return { problems: read.error.issues.map((issue) => issueProblem(node, issue)) };
}

type Issue = z.core.$ZodIssue;

function issueProblem({ id, config }: DraftNode, issue: Issue): Problem {
  const deepest = deepestOf(issue);
  const field = fieldPath(deepest.path);
  const { code, message } = wordsOf(deepest, valueAt(config, deepest.path));
  return problem(id, field, code, { message, params: { detail: deepest.message } });
}

/** Of a union (rows or CEL, duration or until) the alternative that went furthest is the one that was meant. */
function deepestOf(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const candidates = issue.errors.flatMap((issues) => issues.map(deepestOf));
  const [first, ...others] = candidates;
  if (!first) return issue;
  const deepest = others.reduce((best, other) => (other.path.length > best.path.length ? other : best), first);
  return { ...deepest, path: [...issue.path, ...deepest.path] };
}

const fieldPath = (path: readonly PropertyKey[]): string | null =>
  path.length === 0
    ? null
    : path
        .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${String(key)}`))
        .join("");

/** In the words of a form: what zod says is kept in `params` for those who read it. */
function wordsOf(issue: Issue, value: unknown): { code: string; message: string } {
  const empty = value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) return { code: "value_missing", message: "Fill this in." };
  if (issue.code === "too_big")
    return { code: "too_much", message: `This may be at most ${String(issue.maximum)}${unitOf(issue)}.` };
  if (issue.code === "too_small")
    return { code: "too_little", message: `This must be at least ${String(issue.minimum)}${unitOf(issue)}.` };
  return { code: "wrong_value", message: "This is not what belongs here. Choose or write it anew." };
}

const units: Readonly<Record<string, string>> = { string: " characters", array: " entries" };
const unitOf = ({ origin }: { readonly origin: string }): string => units[origin] ?? "";

function valueAt(config: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    config,
  );
}
