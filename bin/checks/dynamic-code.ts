import ts from "typescript";

/** A place that makes code out of text, or that hands on what could. */
export interface DynamicCode {
  readonly what: string;
  /** The source at that place, on one line. */
  readonly excerpt: string;
}

const RUNNERS: ReadonlySet<string> = new Set(["vm", "node:vm", "vm2", "isolated-vm"]);
const TIMERS: ReadonlySet<string> = new Set(["setTimeout", "setInterval", "setImmediate", "execScript"]);

/** Most files have none of these words: those are not parsed. */
const SUSPECT = /\beval\b|\bFunction\b|\bset(Timeout|Interval|Immediate)\b|\bvm2?["'`]|isolated-vm|javascript:/i;

/** Reads the program as a parser does: strings and comments that speak of `eval` are none. */
export function findDynamicCode(text: string): DynamicCode[] {
  if (!SUSPECT.test(text)) return [];
  const source = ts.createSourceFile("built.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const found: DynamicCode[] = [];
  const visit = (node: ts.Node): void => {
    const what = judge(node);
    if (what !== null) found.push({ what, excerpt: excerptOf(node, text) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const judges: readonly ((node: ts.Node) => string | null)[] = [judgeName, judgeTimer, judgeModule, judgeAddress];

function judge(node: ts.Node): string | null {
  for (const one of judges) {
    const what = one(node);
    if (what !== null) return what;
  }
  return null;
}

/** Any use of the two as a value, so that another name for them is found where it is given. */
function judgeName(node: ts.Node): string | null {
  if (!ts.isIdentifier(node) || (node.text !== "eval" && node.text !== "Function")) return null;
  return isValue(node) ? node.text : null;
}

function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  // `x.eval`, but `globalThis.eval` is the same as `eval`.
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return isGlobal(parent.expression);
  if (ts.isPropertyAccessExpression(parent)) return !/^(prototype|name|length)$/.test(parent.name.text);
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind !== ts.SyntaxKind.InstanceOfKeyword;
  return !ts.isTypeOfExpression(parent) && !isDeclaredName(node);
}

const isGlobal = (node: ts.Node): boolean =>
  ts.isIdentifier(node) && /^(globalThis|window|self|global|top|parent)$/.test(node.text);

/** The name of a method, a field or a key. */
const isDeclaredName = (node: ts.Identifier): boolean =>
  (ts.isMethodDeclaration(node.parent) ||
    ts.isPropertyDeclaration(node.parent) ||
    ts.isPropertyAssignment(node.parent)) &&
  node.parent.name === node;

function judgeTimer(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null;
  const [first] = node.arguments;
  const isText = first !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
  return isText && TIMERS.has(node.expression.text) ? `${node.expression.text} of text` : null;
}

function judgeModule(node: ts.Node): string | null {
  if (!ts.isStringLiteralLike(node) || !RUNNERS.has(node.text)) return null;
  const { parent } = node;
  const isImport =
    ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || (ts.isCallExpression(parent) && isLoad(parent));
  return isImport ? `the module ${node.text}` : null;
}

const isLoad = ({ expression }: ts.CallExpression): boolean =>
  expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === "require");

function judgeAddress(node: ts.Node): string | null {
  return ts.isStringLiteralLike(node) && /^javascript:/i.test(node.text) ? "an address of script" : null;
}

const excerptOf = (node: ts.Node, text: string): string =>
  text
    .slice(Math.max(0, node.getStart() - 40), node.getEnd() + 40)
    .replaceAll(/\s+/g, " ")
    .trim();
