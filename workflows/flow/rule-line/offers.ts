import { operatorsFor } from "../condition-rows.js";
import type { House } from "./house.js";
import type { Wanted } from "./reader.js";
import { fieldOf, scored, wholeRows } from "./subjects.js";
import { quoted } from "./tokens.js";
import { deeds, question } from "./words/deeds.js";
import { lineWords } from "./words/index.js";
import type { LineWords, Ways } from "./words/words.js";

/** What the page says beside an offer. */
export type About = "feedback" | "test" | "field" | "operator" | "value" | "deed" | "step" | "sign" | "word" | "name";

export interface Offer {
  /** As it is written in the line. */
  readonly insert: string;
  readonly about: About;
  /** Of a deed: what it does, by the action's ref. */
  readonly action?: string;
}

const first = ([way]: Ways): string => way;
const offer = (insert: string, about: About): Offer => ({ insert, about });

type Offers = (house: House, words: LineWords, wanted: never) => readonly Offer[];
type WantedOf<What extends Wanted["what"]> = Extract<Wanted, { what: What }>;

const offers: {
  readonly [What in Wanted["what"]]: (house: House, words: LineWords, wanted: WantedOf<What>) => Offer[];
} = {
  kind: (_house, { metrics, keywords }) =>
    [...Object.values(metrics), keywords.feedback].map((ways) => offer(first(ways), "feedback")),
  metric: (_house, { metrics }) => Object.values(metrics).map((ways) => offer(first(ways), "feedback")),
  test: (house, words) => [
    ...wholeRows(words).map(({ ways }) => offer(first(ways), "test")),
    ...fieldOffers(house, words),
  ],
  clearTest: (house, words) => [
    ...wholeRows(words)
      .filter(({ row }) => isClear(house, row.field))
      .map(({ ways }) => offer(first(ways), "test")),
    ...fieldOffers(house, words, (path) => isClear(house, path)),
  ],
  step: stepOffers,
  arrow: () => [offer("→", "sign")],
  plus: () => [offer("+", "sign")],
  comma: () => [offer(",", "sign")],
  close: () => [offer(")", "sign")],
  otherwise: (_house, { keywords }) => [offer(first(keywords.otherwise), "word")],
  keyword: (_house, { keywords }, { keyword }) => [offer(first(keywords[keyword]), "word")],
  unit: (_house, { units }) => Object.values(units).map((ways) => offer(first(ways), "word")),
  source: ({ sources }) => sources.map(({ name }) => offer(quoted(name), "name")),
  connection: ({ connections }, _words, { connector }) =>
    connections.filter((one) => one.connector === connector).map(({ name }) => offer(quoted(name), "name")),
  operator: (house, { operators }, { field }) =>
    operatorsFor(fieldOf(house, field)?.type ?? "string").map((name) => offer(first(operators[name]), "operator")),
  value: valueOffers,
  place: ({ language }, _words, { deed }) => placesFor(deed, language).map((place) => offer(place, "name")),
};

/** What there is, in this house and its language, of what could stand somewhere. */
export function offersFor(wanted: Wanted, house: House): readonly Offer[] {
  // The entry looked up by `what` takes this kind of thing; the compiler cannot follow that correlation.
  return (offers[wanted.what] as Offers)(house, lineWords[house.language], wanted as never);
}

const isClear = (house: House, path: string): boolean => fieldOf(house, path)?.dataClass === "clear";

function fieldOffers(
  { catalogue }: House,
  { fields, metrics }: LineWords,
  fits: (path: string) => boolean = () => true,
): Offer[] {
  const fitting = catalogue.fields.filter(({ path }) => fits(path));
  const named = fitting.map(({ path }) => {
    const ways = fields[path];
    return offer(ways ? first(ways) : path, "field");
  });
  return [...scored.map((metric) => offer(first(metrics[metric]), "field")), ...named];
}

function stepOffers({ catalogue, language }: House, { keywords }: LineWords): Offer[] {
  const known = Object.values(deeds).filter(({ action }) => catalogue.action(action) !== undefined);
  return [
    ...known.map(({ words, action }): Offer => ({ insert: first(words[language]), about: "deed", action })),
    ...(["ask", "wait", "if", "unless", "end", "stop"] as const).map((name) => offer(first(keywords[name]), "step")),
  ];
}

function valueOffers(house: House, words: LineWords, { field }: { readonly field: string }): Offer[] {
  if (field === "feedback.category") return Object.values(words.categories).map((ways) => offer(first(ways), "value"));
  if (field === "feedback.metric") return Object.values(words.metrics).map((ways) => offer(first(ways), "value"));
  if (fieldOf(house, field)?.type !== "boolean") return [];
  return [words.keywords.yes, words.keywords.no].map((ways) => offer(first(ways), "value"));
}

function placesFor(deed: string, language: House["language"]): string[] {
  if (deed === "ask") return [question[language].channel];
  const { place, input } = deeds[deed] ?? {};
  const usual = place === undefined ? undefined : input?.[language][place];
  return typeof usual === "string" ? [usual] : [];
}
