import { checkPatterns } from "../condition-patterns.js";
import { checkRows } from "../condition-rows.js";
import type { FieldSpec } from "../catalogue.js";
import type { ConditionGroup, ConditionRow } from "../parts.js";
import type { House } from "./house.js";
import { phrasesOf, type Phrase } from "./reader.js";
import { lineWords } from "./words/index.js";
import type { Category, LineWords, Metric } from "./words/words.js";

/** Kinds of score that a comparison may name for it: "NPS < 6" is the score of an NPS answer. */
export const scored = ["nps", "csat", "ces", "stars"] as const satisfies readonly Metric[];

export const isScored = (metric: Metric | undefined): metric is (typeof scored)[number] =>
  scored.some((one) => one === metric);

export const SCORE = "feedback.score";
export const CATEGORY = "feedback.category";

/** What a test begins with: a whole row, a field to compare, or a kind of score. */
export type Subject =
  | { readonly kind: "row"; readonly row: ConditionRow; readonly bare: boolean; readonly isCategory: boolean }
  | { readonly kind: "field"; readonly path: string }
  | { readonly kind: "metric"; readonly metric: Metric };

export const categoryRow = (category: string): ConditionRow => ({
  field: CATEGORY,
  operator: "equals",
  value: category,
});

interface WholeRow {
  readonly ways: LineWords["tests"]["keyAccount"];
  readonly row: ConditionRow;
  /** It follows without "and": "promoter with a comment". */
  readonly bare: boolean;
}

/** Rows that have words of their own, in one language. */
export function wholeRows({ categories, tests }: LineWords): readonly WholeRow[] {
  const names = Object.keys(categories) as Category[];
  return [
    ...names.map((name) => ({ ways: categories[name], row: categoryRow(name), bare: false })),
    {
      ways: tests.keyAccount,
      row: { field: "account.tier", operator: "equals", value: "key" } as const,
      bare: false,
    },
    {
      ways: tests.withComment,
      row: { field: "feedback.comment", operator: "isNotEmpty", value: null } as const,
      bare: true,
    },
  ];
}

export function subjectPhrases(house: House): readonly Phrase<Subject>[] {
  const words = lineWords[house.language];
  const fields = Object.entries(words.fields);
  return [
    ...wholeRows(words).flatMap(({ ways, row, bare }) =>
      phrasesOf<Subject>(ways, { kind: "row", row, bare, isCategory: row.field === CATEGORY }, house),
    ),
    ...fields.flatMap(([path, ways]) => phrasesOf<Subject>(ways, { kind: "field", path }, house)),
    ...scored.flatMap((metric) => phrasesOf<Subject>(words.metrics[metric], { kind: "metric", metric }, house)),
  ];
}

export const fieldOf = ({ catalogue }: House, path: string): FieldSpec | undefined =>
  catalogue.fields.find((field) => field.path === path);

/** What keeps a row from being evaluated; null when it can be. */
export function rowProblem(row: ConditionRow, { catalogue }: House): string | null {
  const alone: ConditionGroup = { match: "all", rows: [row] };
  const [problem] = [...checkRows(alone, catalogue.fields), ...checkPatterns(alone)];
  return problem?.code ?? null;
}
