import { namesStep } from "./names-step.js";
import { parseDuration } from "./parse-values.js";
import { phrasesOf, type LineReader } from "./reader.js";
import type { Token } from "./tokens.js";
import type { AskStep, DeedStep, EndStep, Said } from "./tree.js";
import { deeds, type Deed } from "./words/deeds.js";
import { connectionNamed } from "./house.js";

const LONGEST = { title: 120, text: 1500, place: 80, outcome: 60 } as const;

export function parseDeed(reader: LineReader): DeedStep {
  const first = reader.peek();
  const phrases = Object.entries(deeds).flatMap(([name, { words }]) =>
    phrasesOf(words[reader.house.language], name, reader.house),
  );
  const name = reader.phrase(phrases)?.value;
  const deed = name === undefined ? undefined : deeds[name];
  if (name === undefined || !deed) reader.fail("step_expected", first);
  const spec = reader.house.catalogue.action(deed.action);
  if (!spec) reader.fail("unknown_action", reader.since(first), { action: deed.action });
  const takes = { ...deed, connector: spec.connector, deed: name, duration: false };
  const where = reader.since(first);
  const { expiresAfter: _none, ...said } = parseSaid(reader, takes);
  for (const field of unsaidOf(deed, said, reader)) reader.unsaid.push({ field, ...where });
  return { kind: "deed", deed: name, ...said };
}

function unsaidOf(deed: Deed, { text, place }: Said, { house }: LineReader): string[] {
  const open = [text === null ? deed.text : undefined, place === null ? deed.place : undefined];
  return open.filter((field) => field !== undefined).filter((field) => !(field in deed.input[house.language]));
}

export const parseAsk = (reader: LineReader): AskStep => ({
  kind: "ask",
  ...parseSaid(reader, { text: "title", place: "channel", connector: "slack", deed: "ask", duration: true }),
});

export function parseEnd(reader: LineReader): EndStep | null {
  const kind = reader.keyword("end") ? "end" : reader.keyword("stop") ? "stop" : null;
  if (kind === null) return null;
  const outcome = reader.peek().kind === "text" ? textAt(reader, LONGEST.outcome) : null;
  if (outcome === "") reader.fail("text_expected");
  return { kind, outcome };
}

interface Takes extends Pick<Deed, "text" | "place"> {
  readonly connector: string;
  readonly deed: string;
  readonly duration: boolean;
}
type AllSaid = Said & Pick<AskStep, "expiresAfter">;
type Part = keyof AllSaid;

/** What may be said after a step's words, in any order, each once. */
function parseSaid(reader: LineReader, takes: Takes): AllSaid {
  const said: { -readonly [Name in Part]: AllSaid[Name] } = {
    title: "",
    text: null,
    place: null,
    via: null,
    expiresAfter: null,
  };
  const seen = new Set<Part>();
  for (;;) {
    wantParts(reader, takes, seen);
    const from = reader.peek();
    const part = partAt(reader);
    if (part === null) return said;
    if (seen.has(part)) reader.fail("said_twice", from);
    if (!isTaken(part, takes)) reader.fail("not_sayable_here", from);
    seen.add(part);
    Object.assign(said, { [part]: parsers[part](reader, takes) });
  }
}

const isTaken = (part: Part, { text, place, duration }: Takes): boolean =>
  ({ title: true, via: true, text: text !== undefined, place: place !== undefined, expiresAfter: duration })[part];

const keywords = { place: "in", via: "via", title: "as", expiresAfter: "for" } as const;
const keyed = Object.keys(keywords) as (keyof typeof keywords)[];

function partAt(reader: LineReader): Part | null {
  if (reader.peek().kind === "text") return "text";
  return keyed.find((part) => reader.keyword(keywords[part])) ?? null;
}

function wantParts(reader: LineReader, takes: Takes, seen: ReadonlySet<Part>): void {
  for (const part of keyed)
    if (isTaken(part, takes) && !seen.has(part)) reader.want({ what: "keyword", keyword: keywords[part] });
}

const parsers: { readonly [Name in Part]: (reader: LineReader, takes: Takes) => AllSaid[Name] } = {
  text: (reader) => {
    if (namesStep(reader.peek().value)) reader.fail("names_a_step");
    return textAt(reader, LONGEST.text);
  },
  title: (reader) => textAt(reader, LONGEST.title),
  place: parsePlace,
  via: (reader, { connector }) => {
    reader.want({ what: "connection", connector });
    const from = reader.peek();
    const id = connectionNamed(reader.house, connector, textAt(reader, LONGEST.text));
    return id ?? reader.fail("connection_expected", from, { connector });
  },
  expiresAfter: parseDuration,
};

function parsePlace(reader: LineReader, { deed }: Takes): string {
  reader.want({ what: "place", deed });
  const { kind, value } = reader.peek();
  if (value === "" || !["channel", "word", "text", "number"].includes(kind)) reader.fail("place_expected");
  if (value.length > LONGEST.place) tooLong(reader, reader.peek(), LONGEST.place);
  reader.next();
  return value;
}

function textAt(reader: LineReader, max: number): string {
  const token = reader.peek();
  if (token.kind !== "text") reader.fail("text_expected");
  if (token.value.length > max) tooLong(reader, token, max);
  return reader.next().value;
}

const tooLong = (reader: LineReader, token: Token, max: number): never =>
  reader.fail("text_too_long", token, { max: String(max) });
