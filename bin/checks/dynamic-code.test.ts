import { describe, expect, it } from "vitest";
import { builtCodeProblems, type Known } from "./built-code-problems.js";
import { findDynamicCode } from "./dynamic-code.js";

const whats = (text: string): string[] => findDynamicCode(text).map(({ what }) => what);

describe("a program that makes code out of text", () => {
  it.each([
    ["eval('1')", "eval"],
    ["(0, eval)('1')", "eval"],
    ["const run = eval; run('1')", "eval"],
    ["globalThis.eval('1')", "eval"],
    ["window.Function('return 1')()", "Function"],
    ["new Function('a', 'return a')", "Function"],
    ["Function(`return this`)()", "Function"],
    ["const F = Function; new F('return 1')", "Function"],
    ["Reflect.construct(Function, ['return 1'])", "Function"],
    ["Function.apply(null, ['return 1'])", "Function"],
    ["setTimeout('go()', 5)", "setTimeout of text"],
    ["setInterval(`go(${n})`, 5)", "setInterval of text"],
    ["import vm from 'node:vm'", "the module node:vm"],
    ["export { runInThisContext } from 'vm'", "the module vm"],
    ["const { VM } = require('vm2')", "the module vm2"],
    ["await import('isolated-vm')", "the module isolated-vm"],
    ["location.href = 'javascript:alert(1)'", "an address of script"],
  ])("is found: %s", (text, what) => {
    expect(whats(text)).toEqual([what]);
  });

  it.each([
    "// eval('1') and new Function()",
    "const said = 'eval(1)'; const other = `new Function('x')`;",
    "class Set { eval(value) { return value; } } new Set().eval(1)",
    "const of = { Function: 1, eval: 2 }",
    "x instanceof Function",
    "typeof Function",
    "Function.prototype.call.bind(f)",
    "setTimeout(() => go(), 5)",
    "const vm = 'a vm'; import x from './vm.js'",
    "const told = ['vm']",
  ])("is not what only speaks of it: %s", (text) => {
    expect(whats(text)).toEqual([]);
  });
});

describe("what is built", () => {
  const known: Known = { file: /^editor\//, what: "eval", excerpt: "eval('known')", reason: "A test." };
  const there = { file: "editor/a.js", what: "eval", excerpt: "x = eval('known')" };

  it("may hold what is listed with its reason, at its place", () => {
    expect(builtCodeProblems([there], [known])).toEqual([]);
    const moved = builtCodeProblems([there, { ...there, file: "server/a.js" }], [known]);
    expect(moved).toEqual([expect.stringContaining("dist/server/a.js makes code out of text (eval)")]);
    expect(builtCodeProblems([there, { ...there, excerpt: "eval(body)" }], [known])).toHaveLength(1);
  });

  it("and a list that names more than there is is out of date", () => {
    expect(builtCodeProblems([], [known])).toEqual([expect.stringContaining("take it off the list")]);
  });
});
