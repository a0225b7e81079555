import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, FieldSpec } from "../../workflows/flow/catalogue.js";
import { nodes } from "../../workflows/flow/nodes/index.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { outputTitle, sentenceOf, usualTitle } from "../../workflows/flow/sentence.js";
import type { Language, Names } from "../../workflows/flow/sentence.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import type { NodeWords } from "../canvas/projection.js";
import { pickedNames } from "../ui/picked-names.js";
import { hardSpaces } from "../i18n/hard-spaces.js";
import { asText } from "../ui/read.js";
import { useServerWords } from "../ui/words.js";
import { useCatalogue, type ActionView } from "./catalogue.js";
import { outputsOf } from "./outputs.js";
import { withPickedNames } from "./with-picked-names.js";

/** These have a name beside their sentence; the others are their sentence, once they can say one. */
const named: ReadonlySet<DraftNode["type"]> = new Set(["action", "approval", "trigger"]);

type Word = (english: string) => string;

const TEMPLATE = /\{\{\s*([\w.]+)[^}]*\}\}/g;

/** As a person would read it aloud: `{{ contact.name | default: "…" }}` is the contact's name; marks of layout are left out. */
export const readable = (text: string, titleOf: (path: string) => string): string =>
  withoutMarks(text.replace(TEMPLATE, (_all, path: string) => `‹${titleOf(path)}›`).replace(/\{%[^%]*%\}/g, ""));

/** Words as they went out, without their layout: `*Call Jane*` is read as "Call Jane". */
function withoutMarks(text: string): string {
  return text
    .replace(/(^|\s)[*_>`]+(?=\S)/g, "$1")
    .replace(/(?<=\S)[*_`]+(?=$|[\s.,;:!?])/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

/** What a run sent, in place of the parts of a config that it was made from. */
export type Sent = Readonly<Record<string, unknown>>;

interface Speaker {
  readonly catalogue: Catalogue;
  readonly language: Language;
  readonly names: Names;
  readonly actions: readonly ActionView[];
  /** What the pickers know of ids. */
  readonly picked: Readonly<Record<string, string>>;
  readonly word: Word;
  readonly titleOf: (path: string) => string;
}

function describeNode(node: DraftNode, sent: Sent | null, speaker: Speaker): NodeWords {
  const { catalogue, language, names, word, titleOf } = speaker;
  const spec = node.type === "action" ? catalogue.action(asText(node.config["action"])) : undefined;
  const parts = sent ? mapParts(sent, withoutMarks) : readableParts(node.config, titleOf);
  const spoken = withPickedNames({ ...node, config: { ...node.config, ...parts } }, speaker);
  const said = sentenceOf(spoken, language, names);
  const sentence = language === "fr" ? hardSpaces(said) : said;
  const isFinished = nodes[node.type].config.safeParse(node.config).success;
  const saysItself = isFinished && !named.has(node.type);
  const usual = spec ? word(spec.title) : usualTitle(node, language);
  return {
    title: node.title || (saysItself ? sentence : usual),
    sentence,
    mark: spec?.connector ?? node.type,
    ports: outputsOf(node).map((name) => ({ name, label: outputTitle(node, name, language) })),
  };
}

const worded = ["input", "title", "text", "values"] as const;
const mapParts = (parts: Sent, change: (text: string) => string) =>
  Object.fromEntries(worded.filter((key) => key in parts).map((key) => [key, mapTexts(parts[key], change)]));
const readableParts = (config: DraftNode["config"], titleOf: (path: string) => string) =>
  mapParts(config, (text) => (text.includes("{{") ? readable(text, titleOf) : text));

/** `steps.ticket.key` is known to the catalogue only by where it stands; its last part says what it is. */
const lastPart = (path: string) => path.split(".").at(-1) ?? path;

export function titleOfField(path: string, fields: readonly FieldSpec[], word: Word): string {
  const known = fields.find((field) => field.path === path);
  return known ? word(known.title) : lastPart(path);
}

export function useLanguage(): Language {
  return useTranslation().i18n.language === "fr" ? "fr" : "en";
}

/** The actions' sentences come in English; what is known of them is said in the reader's language. */
function useNames(word: Word): Names {
  const { catalogue } = useCatalogue();
  const sources = useQuery({ ...queries.sources(), enabled: useMay()("sources:read") }).data?.items;
  return useMemo(
    () => ({
      source: (id) => sources?.find((source) => source.id === id)?.name,
      action: (ref) => {
        const spec = catalogue.action(ref);
        return spec && { ...spec, sentence: word(spec.sentence) };
      },
    }),
    [catalogue, sources, word],
  );
}

const NONE = {};

/** How a node is called and what it says, for canvas, inspector and run page alike; in a run, with what was sent where it is known. */
export function useDescribe(): (node: DraftNode, sent?: Sent | null) => NodeWords {
  const { catalogue, actions } = useCatalogue();
  const language = useLanguage();
  const word = useServerWords();
  const names = useNames(word);
  const { data: picked = NONE } = useQuery(pickedNames);
  return useMemo(() => {
    const titleOf = (path: string) => titleOfField(path, catalogue.fields, word);
    return (node: DraftNode, sent: Sent | null = null) =>
      describeNode(node, sent, { catalogue, actions, language, names, picked, word, titleOf });
  }, [catalogue, actions, language, names, picked, word]);
}
