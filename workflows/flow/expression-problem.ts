/** What is wrong with a condition. `start`/`end` are offsets in the CEL text; `row` is the way to the row: `rows[1].rows[0]`. */
export interface ExpressionProblem {
  readonly code: string;
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly start: number | null;
  readonly end: number | null;
  readonly row: string | null;
}
