import type { DraftNode, FlowDraft } from "../schema.js";
import { drawLine } from "./draw.js";
import type { House } from "./house.js";
import { MAX_LINE, parseLine } from "./parse.js";
import { printLine } from "./print.js";
import { lineOfFlow } from "./read-flow.js";
import { readStep } from "./read-nodes.js";
import { NotSayable, type Reason } from "./reasons.js";
import { isSameFlow } from "./same-flow.js";

export type Told = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: Reason };

/** In characters: what a reader takes in at a glance. */
const READABLE = 160;

/** The flow as a rule to be read; or why it stays drawn. Nobody takes a long line, or one with fields in braces, for a rule. */
export function tellFlow(flow: FlowDraft, house: House): Told {
  const told = sayFlow(flow, house);
  if (!told.ok) return told;
  const isLong = told.text.length > READABLE;
  const own = flow.nodes.find((node) => hasOwnText(node, house, isLong));
  if (own) return { ok: false, reason: { code: "own_text", nodeId: own.id } };
  return isLong ? { ok: false, reason: { code: "too_long", nodeId: null } } : told;
}

/** A long line is long by its texts, if one of them is as long as this. */
const LONG_TEXT = 60;

function hasOwnText(node: DraftNode, house: House, isLong: boolean): boolean {
  if (node.type !== "action" && node.type !== "approval") return false;
  const step = readStep(node, house);
  const text = "text" in step ? (step.text ?? "") : "";
  return /\{[{%]/.test(`${text}${node.title}`) || (isLong && text.length > LONG_TEXT);
}

/** The flow as a line, in the house's language; or why a line cannot say it. What it says draws this very flow again. */
export function sayFlow(flow: FlowDraft, house: House): Told {
  try {
    const text = printLine(lineOfFlow(flow, house), house);
    if (text.length > MAX_LINE) return { ok: false, reason: { code: "too_long", nodeId: null } };
    const read = parseLine(text, house);
    // The net under everything above: a line is shown only if it was proved to draw what is there.
    const isProved = read.ok && isSameFlow(drawLine(read.line, house), flow);
    return isProved ? { ok: true, text } : { ok: false, reason: { code: "other", nodeId: null } };
  } catch (error) {
    if (!(error instanceof NotSayable)) throw error;
    return { ok: false, reason: error.reason };
  }
}
