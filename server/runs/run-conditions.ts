import { sql, type RawBuilder } from "kysely";
import { saidByEmployee } from "../employees/of-employee.js";
import { reachWhere, RUNS, type Seer } from "../members/reach-where.js";
import { searchOf } from "./run-search.js";
import type { RunFilter } from "./run-filter-api.js";
import { spanOf } from "./run-days.js";

export interface RunFind extends Seer, RunFilter {
  /** Who may not see people finds no employee's run by what is not shown of it. */
  readonly mayReadPeople: boolean;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

type Clause = RawBuilder<boolean>;

/** What is asked of a `run` that an index leads to. */
export const plainClauses = ({ workspaceId, flowId, state }: RunFind): readonly Clause[] => [
  sql<boolean>`run.workspace_id = ${workspaceId}`,
  ...(flowId ? [sql<boolean>`run.flow_id = ${flowId}`] : []),
  ...(state ? [sql<boolean>`run.state = any(${state}::text[])`] : []),
];

/** What is asked of each run for itself, with what it is about: no index leads to it. */
export function probes(find: RunFind, now: Date): readonly Clause[] {
  const seen = reachWhere(find, RUNS);
  return [...ofSaid(find), ...ofDays(find, now), ...ofWay(find), ...(seen === null ? [] : [seen])];
}

const ofSaid = ({ sourceId, contactId }: RunFind): Clause[] => [
  ...(sourceId ? [sql<boolean>`response.source_id = ${sourceId}`] : []),
  // Whose an employee's run is, the list shows nobody.
  ...(contactId ? [sql<boolean>`response.contact_id = (select lw_contact_root(${contactId}))`, notOfEmployee] : []),
];

function ofDays(find: RunFind, now: Date): Clause[] {
  const { from, until } = spanOf(find, now);
  return [
    ...(from ? [sql<boolean>`run.created_at >= ${from}`] : []),
    ...(until ? [sql<boolean>`run.created_at < ${until}`] : []),
  ];
}

/** How it went: of employees the list shows that to some. */
function ofWay({ errorClass, search, mayReadPeople }: RunFind): Clause[] {
  const words = search === undefined ? null : searchOf(search);
  const asked = [
    ...(errorClass ? [failedAs(errorClass)] : []),
    ...(words?.kind === "outcome" ? [sql<boolean>`starts_with(lower(run.outcome), ${words.begins})`] : []),
  ];
  return asked.length > 0 && !mayReadPeople ? [...asked, notOfEmployee] : asked;
}

const notOfEmployee: Clause = sql<boolean>`not ${saidByEmployee}`;

/** Subqueries of one value, which the planner cannot turn into reading whole tables. */
const failedAs = (errorClass: string): Clause => sql<boolean>`coalesce((
  select true from effect where effect.owner_kind = 'run' and effect.owner_id = run.id
    and (select outcome from effect_attempt where effect_attempt.effect_id = effect.id
      order by effect_attempt.number desc limit 1) = ${errorClass}
  limit 1), false)`;
