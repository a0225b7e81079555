import type { DynamicCode } from "./dynamic-code.js";

export interface Known {
  /** Of the file's path below dist. */
  readonly file: RegExp;
  readonly what: string;
  /** Part of the source at the place. */
  readonly excerpt: string;
  readonly reason: string;
}

/** What there is, each with why it makes no code. One that is not found any more is a problem too. */
export const KNOWN: readonly Known[] = [
  {
    file: /^editor\/assets\//,
    what: "Function",
    excerpt: "return Function(``),!0",
    reason:
      "zod asks whether it may compile its parsers; editor/ui/no-generated-code.ts tells it not to ask (jitless).",
  },
  {
    file: /^editor\/assets\//,
    what: "Function",
    excerpt: "let e=Function,t=this?.content",
    reason:
      "zod's compiler of parsers, which jitless never calls; the browser tests run under a policy that forbids it.",
  },
  {
    file: /^editor\/assets\//,
    what: "an address of script",
    excerpt: "React has blocked a javascript: URL",
    reason: "React puts this in the place of an address of script that somebody else wrote.",
  },
  {
    file: /^editor\/assets\//,
    what: "an address of script",
    excerpt: "A React form was unexpectedly submitted",
    reason:
      "React's guard for a form whose action is a function. The policy forbids such addresses; no form of ours has one.",
  },
  {
    file: /^bin\/supervisor\/tidy-memory\.js$/,
    what: "the module node:vm",
    excerpt: "runInNewContext",
    reason: 'Runs the one word "gc", to reach the garbage collector that Node shows to new contexts only.',
  },
];

export interface BuiltCode extends DynamicCode {
  readonly file: string;
}

export function builtCodeProblems(found: readonly BuiltCode[], known: readonly Known[] = KNOWN): string[] {
  const fits = (one: BuiltCode, { file, what, excerpt }: Known): boolean =>
    file.test(one.file) && one.what === what && one.excerpt.includes(excerpt);
  return [
    ...found
      .filter((one) => !known.some((expected) => fits(one, expected)))
      .map(({ file, what, excerpt }) => `dist/${file} makes code out of text (${what}): ${excerpt}`),
    ...known
      .filter((expected) => !found.some((one) => fits(one, expected)))
      .map(({ excerpt }) => `nothing built holds "${excerpt}" any more: take it off the list`),
  ];
}
