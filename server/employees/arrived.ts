import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { dayOf } from "./day-id.js";

interface Arrived {
  readonly last_event_at: Date | null;
  readonly responses: number;
}

/** What arrived at each source, as far as it may be told: of employees what is shown, and the day. */
export async function toldOfArrived<Figures extends Arrived>(
  reader: Reader,
  figures: ReadonlyMap<string, Figures>,
): Promise<ReadonlyMap<string, Figures>> {
  const waiting = await waitingAt(reader, [...figures.keys()]);
  const told = (id: string, one: Figures): Figures => {
    const hidden = waiting.get(id);
    if (hidden === undefined) return one;
    return { ...one, responses: one.responses - hidden, last_event_at: one.last_event_at && dayOf(one.last_event_at) };
  };
  return new Map([...figures].map(([id, one]) => [id, told(id, one)]));
}

/** Of sources where employees speak or spoke: responses of which nothing is shown yet. Subqueries of one value keep to the indexes. */
async function waitingAt(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ source_id: string; responses: number }>`
    select asked.source_id, (
      select count(distinct response_id)::int from revision as waits
      where waits.source_id = asked.source_id and waits.domain = 'employee' and waits.group_id is null
        and (select true from revision as shown where shown.response_id = waits.response_id
          and (shown.domain <> 'employee' or shown.group_id is not null) limit 1) is null) as responses
    from unnest(${[...ids]}::uuid[]) as asked (source_id) join source on source.id = asked.source_id
    where source.settings ->> 'domain' = 'employee'
      or exists (select from employee_group where employee_group.source_id = asked.source_id)
      or (select true from revision as waits
        where waits.source_id = asked.source_id and waits.domain = 'employee' and waits.group_id is null limit 1)`.execute(
    reader,
  );
  return new Map(rows.map(({ source_id, responses }) => [source_id, responses]));
}
