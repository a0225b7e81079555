import { parseHead } from "./parse-head.js";
import { parseBranch, parseBranches } from "./parse-steps.js";
import type { LineReader } from "./reader.js";
import type { Line } from "./tree.js";

/** Reads from the first token to the last; throws a `LineError` where it cannot go on. */
export function readWhole(reader: LineReader): Line {
  const { head, choice } = parseHead(reader);
  const steps = choice
    ? [parseBranches(reader, head.metrics, { when: choice, word: "if" })]
    : parseBranch(reader, head.metrics);
  const { kind } = reader.peek();
  if (kind === "odd") reader.fail("odd_character");
  if (kind !== "end") reader.fail("end_expected");
  return { head, steps };
}
