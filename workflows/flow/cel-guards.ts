import type { ASTNode, ASTOperator } from "@marcbachmann/cel-js";
import type { FieldSpec } from "./catalogue.js";
import { comprehensions, functions, literalOnly, MAX_ADDITIONS, methods, takes } from "./cel-allowed.js";
import type { ExpressionProblem } from "./expression-problem.js";
import { compilePattern } from "./patterns.js";

export interface Guarded {
  readonly problems: readonly ExpressionProblem[];
  /** Fields that it reads. */
  readonly reads: readonly string[];
  /** Fields whose presence it asks for. */
  readonly asksFor: readonly string[];
}

interface Walk {
  readonly paths: ReadonlySet<string>;
  readonly problems: ExpressionProblem[];
  readonly reads: Set<string>;
  readonly asksFor: Set<string>;
  additions: number;
}

interface Scope {
  readonly locals: ReadonlySet<string>;
  readonly looping: boolean;
}

type NodeOf<Operator extends ASTOperator> = Extract<ASTNode, { op: Operator }>;

/** Walks an expression before its types are checked; rows are `trusted` in what only their number bounds. */
export function guardAst(
  ast: ASTNode,
  { fields, trusted }: { readonly fields: readonly FieldSpec[]; readonly trusted: boolean },
): Guarded {
  const paths = new Set(fields.map(({ path }) => path));
  const walk: Walk = { paths, problems: [], reads: new Set(), asksFor: new Set(), additions: 0 };
  visit(ast, { locals: new Set(), looping: false }, walk);
  if (walk.additions > MAX_ADDITIONS && !trusted) {
    report(walk, ast, { code: "too_many_additions", message: `Use at most ${MAX_ADDITIONS} additions.` });
  }
  return { problems: walk.problems, reads: [...walk.reads], asksFor: [...walk.asksFor] };
}

const NOT_ALLOWED: ReadonlySet<ASTOperator> = new Set<ASTOperator>(["map", ".?", "[?]"]);

function visit(node: ASTNode, scope: Scope, walk: Walk): void {
  if (NOT_ALLOWED.has(node.op)) {
    report(walk, node, { code: "not_allowed", message: "This cannot be used in a condition." });
  } else if (node.op === "call") visitCall(node, scope, walk);
  else if (node.op === "rcall") visitMethod(node, scope, walk);
  else if (node.op === "id" || node.op === ".") visitPath(node, scope, walk);
  else if (node.op === "[]") visitIndex(node, scope, walk);
  else {
    if (node.op === "+") walk.additions += 1;
    visitAll(childrenOf(node), scope, walk);
  }
}

function visitAll(children: readonly ASTNode[], scope: Scope, walk: Walk): void {
  for (const child of children) visit(child, scope, walk);
}

const isNode = (value: unknown): value is ASTNode => typeof value === "object" && value !== null && "op" in value;

function childrenOf({ args }: ASTNode): ASTNode[] {
  const list: readonly unknown[] = Array.isArray(args) ? args : [args];
  return list.filter(isNode);
}

function visitCall(node: NodeOf<"call">, scope: Scope, walk: Walk): void {
  const [name, args] = node.args;
  if (!takes(functions, name, args.length)) {
    report(walk, node, noFunction(name));
    return;
  }
  const [first] = args;
  if (name === "has" && first) noteAsked(first, walk);
  if (name === "matches") checkPattern(node, scope, walk);
  const literal = literalOnly[name];
  if (literal && !isText(first, literal.form)) {
    const message = `Write ${name}() with a fixed value, such as ${literal.example}.`;
    report(walk, node, { code: "literal_needed", message });
  }
  visitAll(args, scope, walk);
}

const isText = (node: ASTNode | undefined, form: RegExp): boolean =>
  node?.op === "value" && typeof node.args === "string" && form.test(node.args);

function checkPattern(node: NodeOf<"call">, { looping }: Scope, walk: Walk): void {
  const pattern = node.args[1][1];
  if (pattern?.op !== "value" || typeof pattern.args !== "string") {
    const message = 'Write the pattern itself, as in matches(feedback.comment, "refund").';
    report(walk, node, { code: "literal_needed", message });
    return;
  }
  const compiled = compilePattern(pattern.args);
  if (!compiled.ok) {
    report(walk, pattern, { code: "bad_pattern", message: `This pattern cannot be used: ${compiled.message}` });
  }
  if (looping) {
    report(walk, node, { code: "not_in_loops", message: "matches() cannot be used within exists() and the like." });
  }
}

function visitMethod(node: NodeOf<"rcall">, scope: Scope, walk: Walk): void {
  const [name, receiver, args] = node.args;
  if (name === "matches") {
    report(walk, node, { code: "use_matches", message: "Write matches(text, pattern), not text.matches(pattern)." });
  } else if (takes(comprehensions, name, args.length)) visitComprehension(node, scope, walk);
  else if (takes(methods, name, args.length)) visitAll([receiver, ...args], scope, walk);
  else report(walk, node, noFunction(name));
}

function visitComprehension(node: NodeOf<"rcall">, scope: Scope, walk: Walk): void {
  const [, receiver, [variable, body]] = node.args;
  if (scope.looping) {
    const message = "A list cannot be searched within the search of a list.";
    report(walk, node, { code: "nested_loop", message });
    return;
  }
  visit(receiver, scope, walk);
  if (variable?.op === "id" && body) visit(body, { locals: new Set([variable.args]), looping: true }, walk);
}

function visitIndex(node: NodeOf<"[]">, scope: Scope, walk: Walk): void {
  const [list, index] = node.args;
  if (index.op !== "value" || typeof index.args !== "bigint") {
    const message = "Write a field with a dot, and a list's item by its number.";
    report(walk, node, { code: "index_by_number", message });
  }
  visit(list, scope, walk);
}

function visitPath(node: NodeOf<"id" | ".">, scope: Scope, walk: Walk): void {
  const path = pathOf(node);
  if (path === null) {
    // A dot after something computed, as in `(a ? b : c).d`: the type check judges the name.
    if (node.op === ".") visit(node.args[0], scope, walk);
  } else if (scope.locals.has(path.split(".", 1)[0] ?? path)) {
    // The item of the list that is searched.
  } else if (walk.paths.has(path)) walk.reads.add(path);
  else {
    const message = `There is no field “${path}” here.`;
    report(walk, node, { code: "unknown_field", message, params: { field: path } });
  }
}

/** `feedback.score` as written; null where a dot follows anything but names. */
function pathOf(node: ASTNode): string | null {
  if (node.op === "id") return node.args;
  if (node.op !== ".") return null;
  const before = pathOf(node.args[0]);
  return before === null ? null : `${before}.${node.args[1]}`;
}

function noteAsked(node: ASTNode, walk: Walk): void {
  const path = pathOf(node);
  if (path !== null) walk.asksFor.add(path);
}

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string>>;
}

const noFunction = (name: string): Finding => ({
  code: "unknown_function",
  message: `There is no function ${name}() for conditions, or not with these arguments.`,
  params: { name },
});

function report(walk: Walk, { start, end }: ASTNode, { code, message, params = {} }: Finding): void {
  walk.problems.push({ code, message, params, start, end, row: null });
}
