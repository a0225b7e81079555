import type { FieldSpec } from "../catalogue.js";
import { compileCondition } from "../expression.js";
import type { NodeWorld } from "../node-type.js";
import { nodes } from "../nodes/index.js";
import type { Condition, ConditionGroup } from "../parts.js";
import type { NodeType } from "../schema.js";
import { problemOf } from "./problem-of.js";
import type { PreviewCondition } from "./told.js";

interface Place {
  readonly world: NodeWorld;
  readonly fields: readonly FieldSpec[];
}

/** Whether each condition of the step holds, and each of its rows. One that is not finished has its problem already. */
export function conditionsOf(type: NodeType, config: unknown, place: Place): Record<string, PreviewCondition> {
  const found = nodes[type].conditions?.(config) ?? [];
  return Object.fromEntries(found.flatMap(({ field, condition }) => judged(condition, field, place)));
}

type Judged = [string, PreviewCondition];

function judged(condition: Condition, field: string, place: Place): Judged[] {
  const rows = "cel" in condition ? [] : condition.rows;
  return [
    ...whole(condition, field, place),
    ...rows.flatMap((row, index) => inRow(row, `${field}.rows[${index}]`, place)),
  ];
}

const inRow = (row: ConditionGroup["rows"][number], field: string, place: Place): Judged[] =>
  "rows" in row ? judged(row, field, place) : whole({ match: "all", rows: [row] }, field, place);

const whole = (condition: Condition, field: string, place: Place): Judged[] =>
  compileCondition(condition, place.fields).ok ? [[field, judge(condition, field, place)]] : [];

function judge(condition: Condition, field: string, { world }: Place): PreviewCondition {
  try {
    return { holds: world.test(condition, field), problem: null };
  } catch (error) {
    return { holds: null, problem: problemOf(error) };
  }
}
