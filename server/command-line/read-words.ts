import { parseArgs } from "node:util";
import { describeCommand, describeCommands, usages, type CommandName, type Usage } from "./usage.js";

/** Wrong use: says what is wrong, and how it is done. */
export class UsageError extends Error {}

export type Asked =
  | { readonly kind: "help"; readonly text: string }
  /** `given` is what the command's own `input` accepts. */
  | { readonly kind: "command"; readonly name: CommandName; readonly given: unknown };

const names = Object.keys(usages).filter((name): name is CommandName => name in usages);

/** What the words ask for, without a database: help is had, and a mistake is told, whatever else is down. Throws a UsageError. */
export function readWords(words: readonly string[]): Asked {
  const wantsHelp = words.length === 0 || words[0] === "help" || words.includes("--help") || words.includes("-h");
  const args = words[0] === "help" ? words.slice(1) : words;
  const firstOption = args.findIndex((word) => word.startsWith("-"));
  const leading = firstOption === -1 ? args : args.slice(0, firstOption);
  const name = commandOf(leading);
  if (name === undefined) return aboutMany(leading, wantsHelp);
  if (wantsHelp) return { kind: "help", text: describeCommand(name) };
  return { kind: "command", name, given: readGiven(name, args.slice(name.split(" ").length)) };
}

const commandOf = ([first, second]: readonly string[]): CommandName | undefined =>
  names.find((name) => name === `${first} ${second}`) ?? names.find((name) => name === first);

/** No command, or half of one's name: all that it could be. */
function aboutMany([first, second]: readonly string[], wantsHelp: boolean): Asked {
  const group = names.filter((name) => name.startsWith(`${first} `));
  const text = describeCommands(group.length > 0 ? group : names);
  const isKnown = first === undefined || (second === undefined && group.length > 0);
  if (wantsHelp && isKnown) return { kind: "help", text };
  if (first === undefined) throw new UsageError(`The command comes first, its options after it.\n\n${text}`);
  if (isKnown) throw new UsageError(`"${first}" needs another word.\n\n${text}`);
  throw new UsageError(`There is no command "${[first, second].filter(Boolean).join(" ")}".\n\n${text}`);
}

function readGiven(name: CommandName, args: readonly string[]): unknown {
  const usage: Usage = usages[name];
  const wrong = (message: string): UsageError => new UsageError(`${message}\n\n${describeCommand(name)}`);
  const { values, positionals } = parse(usage, args, wrong);
  const [tooMany] = positionals.slice(usage.words.length);
  if (tooMany !== undefined) throw wrong(`"${tooMany}" is one word too many.`);
  const given = { ...values, ...Object.fromEntries(usage.words.map((word, place) => [word, positionals[place]])) };
  const read = usage.input.safeParse(given);
  if (read.error) throw wrong(read.error.issues.map(({ message }) => message).join("\n"));
  return given;
}

function parse({ options }: Usage, args: readonly string[], wrong: (message: string) => UsageError) {
  const known = Object.entries(options).map(([option, { value }]) => {
    const type: "boolean" | "string" = value === null ? "boolean" : "string";
    return [option, { type }] as const;
  });
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: Object.fromEntries(known) });
  } catch (error) {
    // Node's own words; what it adds on words that begin with a dash fits no command of ours.
    throw wrong(error instanceof Error ? error.message.replace(/ To specify .*$/s, "") : String(error));
  }
}

/** The answer to words that need no database: help, exit code 0, or what is wrong with them, 2. Null for a command to carry out. */
export function answerAtOnce(words: readonly string[]): { readonly exitCode: 0 | 2; readonly text: string } | null {
  try {
    const asked = readWords(words);
    return asked.kind === "help" ? { exitCode: 0, text: asked.text } : null;
  } catch (error) {
    if (error instanceof UsageError) return { exitCode: 2, text: error.message };
    throw error;
  }
}
