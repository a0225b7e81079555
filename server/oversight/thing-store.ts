import { sql } from "kysely";
import { firstIdAt } from "../../workflows/ledger/uuid.js";
import type { Reader } from "../db/database.js";
import { STARTS } from "../sources/source-store.js";
import { COUNTED_AT_MOST, type Answers, type Entry, type EntryFilter, type ThingKind } from "./oversight-api.js";

/** A source or a connection, what is said of it, and what arrived at it or was done by it. */
export interface ThingRow extends Answers, Pick<Entry, "kind" | "id" | "name" | "product" | "state"> {
  readonly sandbox: boolean;
  readonly config: Readonly<Record<string, unknown>>;
  readonly madeAt: Date;
  readonly changedAt: Date | null;
  readonly lastEventAt: Date | null;
  readonly events: number;
}

export interface ThingQuery extends Omit<EntryFilter, "band"> {
  readonly workspaceId: string;
  /** Only this one. */
  readonly id?: string;
  readonly now: Date;
}

const COUNTED_MS = 30 * 86_400_000;

/**
 * In the order of their names. Events are found by their ids, which begin with the time, from the newest: the index alone is read, and
 * no further than is counted. What connections did was counted before (`count-use.ts`).
 */
export async function listThings(reader: Reader, query: ThingQuery): Promise<ThingRow[]> {
  const since = new Date(query.now.getTime() - COUNTED_MS);
  const { rows } = await sql<ThingRow>`
    select thing.kind, thing.id, thing.name, thing.product, thing.state, thing.sandbox, thing.config, thing.created_at as "madeAt",
      ${answers},
      case thing.kind
        when 'source' then (select received_at from revision where source_id = thing.id order by id desc limit 1)
        else (select max(last_at) from connection_use where connection_id = thing.id)
      end as "lastEventAt",
      case thing.kind
        when 'source' then (select count(*) from (select from revision
          where source_id = thing.id and id >= ${firstIdAt(since.getTime())}::uuid order by id desc limit ${COUNTED_AT_MOST}) as counted)
        else (select least(coalesce(sum(effects), 0), ${COUNTED_AT_MOST}) from connection_use
          where connection_id = thing.id and day > ${since}::timestamptz::date)
      end as events
    from (
      select 'source' as kind, id, name, kind as product, state, false as sandbox, '{}'::jsonb as config, created_at
      from source where workspace_id = ${query.workspaceId} and kind <> ${STARTS}
      union all
      select 'connection', id, name, connector, state, sandbox, config, created_at
      from connection where workspace_id = ${query.workspaceId}
    ) as thing
    left join oversight_entry as entry
      on entry.workspace_id = ${query.workspaceId} and entry.kind = thing.kind and entry.thing_id = thing.id
    where ${sql.join(conditions(query), sql` and `)}
    order by lower(thing.name), thing.id`.execute(reader);
  return rows;
}

const answers = sql`entry.owner_id as "ownerId", entry.purpose, entry.lawful_basis as "lawfulBasis",
  coalesce(entry.data_classes, '{}') as "dataClasses", coalesce(entry.data_subjects, '{}') as "dataSubjects", entry.region, entry.place,
  entry.agreement, entry.agreement_on::text as "agreementOn", entry.agreement_reference as "agreementReference",
  entry.yearly_cost::float8 as "yearlyCost", entry.currency, entry.credential_owner_id as "credentialOwnerId",
  entry.credential_expires_on::text as "credentialExpiresOn", entry.retention, entry.changed_at as "changedAt"`;

const conditions = ({ kind, id, ownerId, lawfulBasis, dataClass, region }: ThingQuery) => [
  sql`true`,
  ...(kind === undefined ? [] : [sql`thing.kind = ${kind}`]),
  ...(id === undefined ? [] : [sql`thing.id = ${id}`]),
  ...(ownerId === undefined ? [] : [sql`entry.owner_id = ${ownerId}`]),
  ...(lawfulBasis === undefined ? [] : [sql`entry.lawful_basis = ${lawfulBasis}`]),
  ...(dataClass === undefined ? [] : [sql`${dataClass} = any(entry.data_classes)`]),
  ...(region === undefined ? [] : [sql`entry.region = ${region}`]),
];

export interface ThingName {
  readonly workspaceId: string;
  readonly kind: ThingKind;
  readonly id: string;
}
