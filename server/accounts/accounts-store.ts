import { sql } from "kysely";
import { accountNameKey, blindIdentity } from "../contacts/identity.js";
import type { Reader, Tx } from "../db/database.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import type { CompanyAccount } from "./accounts-api.js";

interface AccountRow extends Omit<CompanyAccount, "name"> {
  readonly name: Buffer | null;
}

export interface AccountQuery {
  readonly workspaceId: string;
  readonly name?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** In the order in which they came to be known. */
export async function listAccounts(reader: Reader, vault: Vault, query: AccountQuery): Promise<CompanyAccount[]> {
  const { workspaceId, cursor, limit } = query;
  const { rows } = await sql<AccountRow>`
    select id, name, parent_id as "parentId", attributes,
      (select count(*) from account as child where child.parent_id = account.id) as below
    from account where workspace_id = ${workspaceId} and ${await namedSo(reader, vault, query)}
      and (${query.ids ?? null}::uuid[] is null or id = any(${query.ids ?? []}::uuid[]))
      and (${cursor ?? null}::uuid is null or id > ${cursor ?? null})
    order by id limit ${limit}`.execute(reader);
  const names = await openTexts(
    vault,
    reader,
    rows.map(({ id, name }) => ({ sealed: name, place: `account.name|${id}` })),
  );
  return rows.map((row, place) => ({ ...row, name: names[place] ?? null }));
}

/** Names stand sealed: a whole one is found by what is stored in its place. */
async function namedSo(reader: Reader, vault: Vault, { workspaceId, name }: AccountQuery) {
  if (name === undefined) return sql<boolean>`true`;
  const key = accountNameKey(name);
  const blind = await blindIdentity(reader, vault, workspaceId, key);
  return sql<boolean>`id = (select account_id from account_identity
    where workspace_id = ${workspaceId} and kind = ${key.kind} and blind = ${blind})`;
}

export interface Described {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Sets these beside the others. */
export async function describeAccounts(tx: Tx, workspaceId: string, described: readonly Described[]): Promise<void> {
  await sql`
    update account set attributes = account.attributes || wanted.attributes
    from unnest(${described.map(({ id }) => id)}::uuid[], ${described.map(({ attributes }) => JSON.stringify(attributes))}::jsonb[])
      as wanted (id, attributes)
    where account.id = wanted.id and account.workspace_id = ${workspaceId}`.execute(tx);
}
