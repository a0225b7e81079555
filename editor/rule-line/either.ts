import type { House } from "../../workflows/flow/rule-line/house.js";
import { parseLine, type ReadLine } from "../../workflows/flow/rule-line/parse.js";
import { tellFlow, type Told } from "../../workflows/flow/rule-line/tell-flow.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";

const inOther = (house: House): House => ({ ...house, language: house.language === "en" ? "fr" : "en" });

/** In the reader's language, else in the other one; what is refused in both is refused in the reader's. */
export function readInEither(text: string, house: House): { readonly read: ReadLine; readonly house: House } {
  const read = parseLine(text, house);
  if (read.ok) return { read, house };
  const other = parseLine(text, inOther(house));
  return other.ok ? { read: other, house: inOther(house) } : { read, house };
}

const MUCH_SHORTER = 0.6;
/** A text in quotes is longer than this; that one language has a shorter word says nothing. */
const SAVED = 20;

const isMuchShorter = (one: string, other: string) =>
  one.length < other.length * MUCH_SHORTER && other.length - one.length > SAVED;

/** A flow drawn in the other language says its texts in quotes in this one: then it is told in its own. */
export function tellInEither(flow: FlowDraft, house: House): Told {
  const [own, other] = [tellFlow(flow, house), tellFlow(flow, inOther(house))];
  if (!other.ok || (own.ok && !isMuchShorter(other.text, own.text))) return own;
  return other;
}
