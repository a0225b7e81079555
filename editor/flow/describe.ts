import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, FieldSpec } from "../../workflows/flow/catalogue.js";
import { nodes } from "../../workflows/flow/nodes/index.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { nodeTitle, outputTitle, sentenceOf } from "../../workflows/flow/sentence.js";
import type { Language, Names } from "../../workflows/flow/sentence.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import type { NodeWords } from "../canvas/projection.js";
import { hardSpaces } from "../i18n/hard-spaces.js";
import { asText } from "../ui/read.js";
import { useServerWords } from "../ui/words.js";
import { useCatalogue } from "./catalogue.js";
import { outputsOf } from "./outputs.js";

/** These have a name beside their sentence; the others are their sentence, once they can say one. */
const named: ReadonlySet<DraftNode["type"]> = new Set(["action", "approval", "trigger"]);

type Word = (english: string) => string;

const TEMPLATE = /\{\{\s*([\w.]+)[^}]*\}\}/g;

/** As a person would read it aloud: `{{ contact.name | default: "…" }}` is the contact's name; marks of layout are left out. */
export function readable(text: string, titleOf: (path: string) => string): string {
  return text
    .replace(TEMPLATE, (_all, path: string) => `‹${titleOf(path)}›`)
    .replace(/\{%[^%]*%\}/g, "")
    .replace(/(^|\s)[*_>`]+(?=\S)/g, "$1")
    .replace(/(?<=\S)[*_`]+(?=$|[\s.,;:!?])/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function readableConfig(value: unknown, titleOf: (path: string) => string): unknown {
  if (typeof value === "string") return value.includes("{{") ? readable(value, titleOf) : value;
  if (Array.isArray(value)) return value.map((item) => readableConfig(item, titleOf));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readableConfig(item, titleOf)]));
}

interface Speaker {
  readonly catalogue: Catalogue;
  readonly language: Language;
  readonly names: Names;
  readonly word: Word;
  readonly titleOf: (path: string) => string;
}

function describeNode(node: DraftNode, { catalogue, language, names, word, titleOf }: Speaker): NodeWords {
  const spec = node.type === "action" ? catalogue.action(asText(node.config["action"])) : undefined;
  const spoken: DraftNode = { ...node, config: { ...node.config, ...readableInput(node.config, titleOf) } };
  const said = sentenceOf(spoken, language, names);
  const sentence = language === "fr" ? hardSpaces(said) : said;
  const isFinished = nodes[node.type].config.safeParse(node.config).success;
  const saysItself = isFinished && !named.has(node.type);
  const usual = spec ? word(spec.title) : nodeTitle(node.type, language);
  return {
    title: node.title || (saysItself ? sentence : usual),
    sentence,
    mark: spec?.connector ?? node.type,
    ports: outputsOf(node).map((name) => ({ name, label: outputTitle(node, name, language) })),
  };
}

const worded = ["input", "title", "text", "values"] as const;
const readableInput = (config: DraftNode["config"], titleOf: (path: string) => string) =>
  Object.fromEntries(worded.filter((key) => key in config).map((key) => [key, readableConfig(config[key], titleOf)]));

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

/** How a node is called and what it says, for canvas, inspector and run page alike. */
export function useDescribe(): (node: DraftNode) => NodeWords {
  const { catalogue } = useCatalogue();
  const language = useLanguage();
  const word = useServerWords();
  const names = useNames(word);
  return useMemo(() => {
    const titleOf = (path: string) => titleOfField(path, catalogue.fields, word);
    return (node: DraftNode) => describeNode(node, { catalogue, language, names, word, titleOf });
  }, [catalogue, language, names, word]);
}
