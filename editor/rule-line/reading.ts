import { useMemo } from "react";
import type { House } from "../../workflows/flow/rule-line/house.js";
import { readInEither } from "./either.js";

/** What a line says: the rule to draw, null where there is none; what is wrong with it, or what its author may not have meant. */
export function useReading(text: string, house: House) {
  const isBlank = text.trim() === "";
  const found = useMemo(() => (isBlank ? null : readInEither(text, house)), [isBlank, text, house]);
  if (!found) return { isBlank, house, line: null, wrong: null, said: { problem: null, warnings: [] } };
  const { read } = found;
  const impossible = read.ok ? read.warnings.find(({ code }) => code === "score_out_of_range") : read.problem;
  return {
    isBlank,
    house: found.house,
    line: read.ok ? read.line : null,
    /** The part to underline. */
    wrong: impossible ?? null,
    said: { problem: read.ok ? null : read.problem, warnings: read.ok ? read.warnings : [] },
  };
}
