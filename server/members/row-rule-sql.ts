import { sql, type RawBuilder } from "kysely";
import { ACCOUNT, FEEDBACK_COLUMNS, namedIn } from "./row-fields.js";
import type { RowRule, SegmentCondition } from "./rule-api.js";

/** What a rule asks of accounts: to be one of these or below, or to have these values. */
type AccountTest = { readonly below: readonly string[] } | { readonly has: SegmentCondition };

interface SplitRule {
  readonly ofAccount: readonly AccountTest[];
  readonly ofFeedback: readonly SegmentCondition[];
}

export function splitRule({ segment, accountIds }: RowRule): SplitRule {
  const isOfAccount = ({ field }: SegmentCondition): boolean => field.startsWith(ACCOUNT);
  return {
    ofAccount: [
      ...(accountIds ? [{ below: accountIds }] : []),
      ...segment.filter(isOfAccount).map((condition) => ({ has: condition })),
    ],
    ofFeedback: segment.filter((condition) => !isOfAccount(condition)),
  };
}

/** Found once for the whole statement, so that responses can be found by their accounts' index. */
export const accountsIn = (workspaceId: string, test: AccountTest): RawBuilder<string[]> =>
  "below" in test
    ? sql`array(select lw_accounts_below(${[...test.below]}::uuid[]))`
    : sql`array(select account.id from account
        where account.workspace_id = ${workspaceId} and account.attributes -> ${namedIn(test.has.field)}::text = any(${valuesOf(test.has)}))`;

/**
 * A response is what it says now: its latest revision is asked. As a subquery of one value, which the planner cannot turn into reading the
 * whole table: rows are looked at from the newest on until a page is full.
 */
export const saysSo = (
  response: RawBuilder<unknown>,
  conditions: readonly SegmentCondition[],
): RawBuilder<boolean> => sql`
  (select ${sql.join(conditions.map(holds), sql` and `)} from revision as now_said
    where now_said.response_id = ${response} order by now_said.ordinal desc limit 1)`;

/** As JSON, so that types count. */
const holds = (condition: SegmentCondition): RawBuilder<boolean> =>
  sql`${valueAt(condition.field)} = any(${valuesOf(condition)})`;

function valueAt(field: string): RawBuilder<unknown> {
  const column = FEEDBACK_COLUMNS.get(field);
  return column === undefined
    ? sql`now_said.attributes -> ${namedIn(field)}::text`
    : sql`to_jsonb(${sql.ref(`now_said.${column}`)})`;
}

const valuesOf = ({ oneOf }: SegmentCondition): RawBuilder<unknown> =>
  sql`${oneOf.map((value) => JSON.stringify(value))}::jsonb[]`;
