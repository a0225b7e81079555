import { useMemo } from "react";
import type { House } from "../../workflows/flow/rule-line/house.js";
import { readInEither } from "./either.js";

/** What a line says: the rule to draw, null where there is none; what is wrong with it, or what its author may not have meant. */
export function useReading(text: string, house: House) {
  const found = useMemo(() => readInEither(text, house), [text, house]);
  const isBlank = text.trim() === "";
  const { read } = found;
  return {
    isBlank,
    house: found.house,
    line: read.ok ? read.line : null,
    said: { problem: read.ok || isBlank ? null : read.problem, warnings: read.ok ? read.warnings : [] },
  };
}
