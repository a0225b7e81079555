/** Why a line cannot be read. Words for each stand in `editor/i18n`. */
export const lineCodes = [
  "too_long",
  "too_deep",
  "text_too_long",
  "too_many_steps",
  "unclosed_quote",
  "unclosed_bracket",
  "odd_character",
  "head_expected",
  "step_expected",
  "test_expected",
  "operator_expected",
  "value_expected",
  "list_expected",
  "text_expected",
  "place_expected",
  "duration_expected",
  "source_expected",
  "connection_expected",
  "unknown_action",
  "end_expected",
  "nothing_follows",
  "mixed_and_or",
  "other_metric",
  "several_metrics",
  "said_twice",
  "not_sayable_here",
  "names_a_step",
  "wrong_operator",
  "wrong_value",
  "bad_pattern",
  "secret_in_trigger",
] as const;
export type LineCode = (typeof lineCodes)[number];

export interface LineProblem {
  readonly code: LineCode;
  /** Offsets in the line; equal where something is missing. */
  readonly start: number;
  readonly end: number;
  /** Names and numbers for its sentence. */
  readonly params: Readonly<Record<string, string>>;
  /** What could stand there, as it would be written. */
  readonly expected: readonly string[];
  /** What was probably meant by what stands there. */
  readonly instead: string | null;
}
