import type { FlowDraft } from "../schema.js";
import { drawLine } from "./draw.js";
import type { House } from "./house.js";
import { MAX_LINE, parseLine } from "./parse.js";
import { printLine } from "./print.js";
import { lineOfFlow } from "./read-flow.js";
import { NotSayable, type Reason } from "./reasons.js";
import { isSameFlow } from "./same-flow.js";

export type Told = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: Reason };

/** The flow as a line, in the house's language; or why a line cannot say it. What it says draws this very flow again. */
export function tellFlow(flow: FlowDraft, house: House): Told {
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
