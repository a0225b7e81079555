import { sql, type RawBuilder } from "kysely";
import type { Actor, Reach, Sight } from "../http/route.js";
import { hasRowRules } from "./reach.js";
import type { RowRule } from "./rule-api.js";
import { accountsIn, saysSo, splitRule } from "./row-rule-sql.js";

type Clause = RawBuilder<boolean>;
type Column = RawBuilder<unknown>;

/** Where a statement has what rows are seen by: columns with their tables, or subqueries of one value. */
export interface RowPlace {
  /** Left out: these rows are of no flow. */
  readonly flow?: Column;
  readonly source: Column;
  /** Left out: it is not known yet what was said, so no rule holds. */
  readonly said?: Said;
}

interface Said {
  readonly response: Column;
  readonly account: Column;
  readonly domain: Column;
  /** Of employees. */
  readonly group: Column;
}

/** In a statement that has `revision` and `response`. */
export const REVISIONS = {
  source: sql.ref("revision.source_id"),
  said: {
    response: sql.ref("revision.response_id"),
    account: sql.ref("response.account_id"),
    domain: sql.ref("revision.domain"),
    group: sql.ref("revision.group_id"),
  },
} as const satisfies RowPlace;

/** In one that has `run` as well. */
export const RUNS: RowPlace = { ...REVISIONS, flow: sql.ref("run.flow_id") };

/** Who looks. */
export interface Seer {
  readonly workspaceId: string;
  /** Left out: they see everything. */
  readonly reach: Reach | undefined;
}
type NarrowSeer = Seer & { readonly reach: Reach };

export const seerOf = ({ workspaceId, scope }: Actor): Seer => ({ workspaceId, reach: scope?.reach });

/** What keeps the rows that are not seen out of a list; null: nothing, everything is. Every list and every read of one row asks here. */
export function reachWhere({ workspaceId, reach }: Seer, place: RowPlace): Clause | null {
  if (!reach) return null;
  const seer = { workspaceId, reach };
  const [only, ...others] = reach.map((sight) => clausesOf(seer, sight, place));
  if (!only) return sql`false`;
  const employees = place.said && hasRowRules(reach) ? [wholeGroup(seer, place, place.said)] : [];
  const clauses = [...(others.length === 0 ? only : [anyOf([only, ...others])]), ...employees];
  return clauses.length === 0 ? null : allOf(clauses);
}

/** Without the rule about groups of employees. */
const clausesOf = ({ workspaceId }: Seer, { things, rows }: Sight, { flow, source, said }: RowPlace): Clause[] => [
  ...(flow && things.flow ? [isOneOf(flow, things.flow)] : []),
  ...(things.source ? [isOneOf(source, things.source)] : []),
  ...rows.flatMap((rule) => (said ? ruleClauses(workspaceId, rule, said) : [sql<boolean>`false`])),
];

function ruleClauses(workspaceId: string, rule: RowRule, { response, account }: Said): Clause[] {
  const { ofFeedback, ofAccount } = splitRule(rule);
  return [
    ...ofAccount.map((test) => sql<boolean>`${account} = any(${accountsIn(workspaceId, test)})`),
    ...(ofFeedback.length > 0 ? [saysSo(response, ofFeedback)] : []),
  ];
}

const isOneOf = (column: Column, ids: readonly string[]): Clause =>
  ids.length === 0 ? sql`false` : sql`${column} in (${sql.join(ids)})`;

const allOf = (clauses: readonly Clause[]): Clause =>
  clauses.length === 0 ? sql`true` : sql`${sql.join([...clauses], sql` and `)}`;

const anyOf = (sights: readonly (readonly Clause[])[]): Clause =>
  sql`(${sql.join(
    sights.map((clauses) => sql`(${allOf(clauses)})`),
    sql` or `,
  )})`;

const MATE: RowPlace = {
  source: sql.ref("mate.source_id"),
  said: {
    response: sql.ref("mate.response_id"),
    account: sql.ref("mate_response.account_id"),
    domain: sql.ref("mate.domain"),
    group: sql.ref("mate.group_id"),
  },
};

/**
 * Employees are shown in groups, and a part of a group would be a smaller one: all of it is within reach, or none of it is shown. Who sees a
 * source whole sees its groups whole.
 */
function wholeGroup(seer: NarrowSeer, place: RowPlace, { domain, group }: Said): Clause {
  const whole = seer.reach.filter(({ rows }) => rows.length === 0).map((sight) => clausesOf(seer, sight, place));
  return sql`(${domain} <> 'employee'${whole.length > 0 ? sql` or ${anyOf(whole)}` : sql``} or (
    select bool_and(coalesce(${anyOf(seer.reach.map((sight) => clausesOf(seer, sight, MATE)))}, false))
    from revision as mate join response as mate_response on mate_response.id = mate.response_id
    where mate.group_id = ${group}))`;
}
