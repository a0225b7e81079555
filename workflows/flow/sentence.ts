import { baseFields, runFields } from "./fields.js";
import { nodes } from "./nodes/index.js";
import type { Condition, ConditionGroup, ConditionRow } from "./parts.js";
import type { ConfigOf, DraftNode, FlowNode, NodeType } from "./schema.js";
import { startKinds, type Start } from "./start.js";
import { en } from "./sentences/en.js";
import { fr } from "./sentences/fr.js";
import type { Names, Say, Words } from "./sentences/words.js";

export type { Names } from "./sentences/words.js";

export const languages = { en, fr } as const;
export type Language = keyof typeof languages;

/** A template is shown as its author wrote it, up to this many characters. */
const SHOWN = 80;

/** What a node does, in one plain sentence; an unfinished one says what it still needs. */
export function sentenceOf(node: DraftNode | FlowNode, language: Language, names: Names = {}): string {
  const words = languages[language];
  const read = nodes[node.type].config.safeParse(node.config);
  if (!read.success) return words.unfinished[node.type];
  // The schema looked up by `type` read this config; the compiler cannot follow that correlation.
  const speak = words.sentences[node.type] as (config: unknown, say: Say) => string;
  return speak(read.data, sayIn(words, names));
}

/** "the score is at most 6 and the account is worth more than 50,000": to be put after "if". */
export const conditionSentence = (condition: Condition, language: Language, names: Names = {}): string =>
  wordCondition(condition, languages[language], names);

export const nodeTitle = (type: NodeType, language: Language): string => languages[language].nodeTitles[type];

/** What a node is called that its author gave no name: as its type, or what starts the flow in place of feedback. */
export function usualTitle({ type, config }: DraftNode | FlowNode, language: Language): string {
  const { startTitles } = languages[language];
  const kind = type === "trigger" ? kindOf(config) : undefined;
  return kind === undefined ? nodeTitle(type, language) : startTitles[kind];
}

/** Also of one that is not filled in yet. */
function kindOf(config: object): Start["kind"] | undefined {
  const start: unknown = Reflect.get(config, "start");
  const kind: unknown = typeof start === "object" && start !== null ? Reflect.get(start, "kind") : undefined;
  return startKinds.find((known) => known === kind);
}

/** The name of a way out, as the author or the language calls it. */
export function outputTitle({ type, config }: DraftNode | FlowNode, output: string, language: Language): string {
  const named = nodes[type].outputs(config).find(({ name }) => name === output);
  return named?.title ?? languages[language].outputs[output] ?? output;
}

function sayIn(words: Words, names: Names): Say {
  return {
    source: (id) => names.source?.(id) ?? id,
    condition: (condition) => wordCondition(condition, words, names),
    action: (config) => wordAction(config, words, names),
    template: (text) => words.quote(shorten(text)),
    duration: words.duration,
    list: (items, word) => wordList(items, words[word]),
  };
}

const shorten = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

function wordList(items: readonly string[], word: string): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1) ?? ""}`;
}

function wordCondition(condition: Condition, words: Words, names: Names): string {
  return "cel" in condition ? words.expression(condition.cel) : wordGroup(condition, words, names);
}

function wordGroup({ match, rows }: ConditionGroup, words: Words, names: Names): string {
  if (rows.length === 0) return words.missing;
  const parts = rows.map((row) => ("rows" in row ? `(${wordGroup(row, words, names)})` : wordRow(row, words, names)));
  return parts.join(` ${match === "all" ? words.and : words.or} `);
}

function wordRow({ field, operator, value }: ConditionRow, words: Words, names: Names): string {
  const type = [...baseFields, ...runFields].find(({ path }) => path === field)?.type;
  const say = (type && words.typedOperators[type]?.[operator]) ?? words.operators[operator];
  return say(names.field?.(field) ?? words.fields[field] ?? field, wordValue(value, words));
}

function wordValue(value: ConditionRow["value"], words: Words): string {
  if (value === null) return words.missing;
  if (Array.isArray(value)) return wordList(value.map(words.quote), words.or);
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "number") return value.toLocaleString(words.locale);
  return words.values[value] ?? words.quote(value);
}

/** "Post to {channel}: {text}" with the author's own words in place; a catalogue may give the sentence in the reader's language. */
function wordAction({ action, input }: ConfigOf<"action">, words: Words, names: Names): string {
  const spec = names.action?.(action);
  if (!spec) return words.unfinished.action;
  return spec.sentence.replace(/\{(\w+)\}/g, (_match, field: string) => {
    const value = input[field];
    if (value === undefined || value === null || value === "") return words.missing;
    return shorten(typeof value === "string" ? value : JSON.stringify(value));
  });
}
