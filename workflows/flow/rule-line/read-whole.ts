import { parseHead } from "./parse-head.js";
import { parseBranches, parseSequence } from "./parse-steps.js";
import type { LineReader } from "./reader.js";
import type { Line, Sequence } from "./tree.js";

/** Reads from the first token to the last; throws a `LineError` where it cannot go on. */
export function readWhole(reader: LineReader): Line {
  const { head, choice } = parseHead(reader);
  const steps = choice
    ? [parseBranches(reader, head.metrics, { when: choice, word: "if" })]
    : readSteps(reader, head.metrics);
  const { kind } = reader.peek();
  if (kind === "odd") reader.fail("odd_character");
  if (kind !== "end") reader.fail("end_expected");
  return { head, steps };
}

function readSteps(reader: LineReader, metrics: Line["head"]["metrics"]): Sequence {
  const goesOn = reader.arrow();
  if (!goesOn) reader.want({ what: "keyword", keyword: "if" }, { what: "keyword", keyword: "unless" });
  return goesOn || reader.isKeyword("if") || reader.isKeyword("unless") ? parseSequence(reader, metrics) : [];
}
