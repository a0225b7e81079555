import { sql } from "kysely";
import { insertCounting } from "../../workflows/ledger/rows.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { blindIdentity, type IdentityKey } from "./identity.js";

/** Someone to be found or made: at least one key, strongest first. */
export interface Wanted {
  readonly workspaceId: string;
  readonly keys: readonly IdentityKey[];
}

export interface Resolved {
  readonly id: string;
  readonly isNew: boolean;
}

/** Contacts and accounts are found by the same rule over tables of the same shape. */
const tables = {
  contact: { table: "contact_identity", column: "contact_id" },
  account: { table: "account_identity", column: "account_id" },
} as const;

interface BlindKey {
  readonly workspaceId: string;
  readonly kind: string;
  readonly blind: Buffer;
  /** All three as one text, to look it up by. */
  readonly name: string;
}

/** Whose keys these are to be, unless another batch is first. */
interface Proposal {
  readonly keys: readonly BlindKey[];
  readonly id: string;
  readonly isNew: boolean;
}

type IdsByName = ReadonlyMap<string, string>;

/**
 * Finds each by its strongest known key, or wins an id for it: concurrent batches meet at the unique index, and the loser reads
 * the winner's. The caller makes rows for the new ones in the same transaction. Keys not seen before are added to whom the
 * stronger key found; a weaker key that belongs to someone else stays theirs.
 */
export async function resolveIdentities(
  tx: Tx,
  vault: Vault,
  what: keyof typeof tables,
  wanted: readonly Wanted[],
): Promise<Resolved[]> {
  const seekers = await Promise.all(wanted.map((one) => blindKeys(tx, vault, one)));
  const keys = seekers.flat();
  if (keys.length === 0) return [];
  const known = await find(tx, what, keys);
  const proposals = propose(seekers, known);
  const wonAll = await insertMissing(tx, what, { proposals, known });
  const settled = wonAll ? new Map([...proposedIds(proposals), ...known]) : await find(tx, what, keys);
  const resolved: Resolved[] = [];
  for (const proposal of proposals) {
    const id = firstOf(settled, proposal.keys);
    if (id === undefined) throw new Error(`The ${what} proposed as ${proposal.id} was neither found nor made.`);
    // Another batch won the stronger key meanwhile: the weaker ones follow it.
    await repoint(tx, what, { from: proposal.id, to: id });
    resolved.push({ id, isNew: proposal.isNew && proposal.id === id });
  }
  return resolved;
}

const blindKeys = (tx: Tx, vault: Vault, { workspaceId, keys }: Wanted): Promise<BlindKey[]> =>
  Promise.all(
    keys.map(async (key) => {
      const { kind } = key;
      const blind = await blindIdentity(tx, vault, workspaceId, key);
      return { workspaceId, kind, blind, name: nameOf({ workspaceId, kind, blind }) };
    }),
  );

const nameOf = ({ workspaceId, kind, blind }: Omit<BlindKey, "name">): string =>
  `${workspaceId}/${kind}/${blind.toString("base64")}`;

async function find(tx: Tx, what: keyof typeof tables, keys: readonly BlindKey[]): Promise<IdsByName> {
  const { table, column } = tables[what];
  const { rows } = await sql<Omit<BlindKey, "name"> & { id: string }>`
    select workspace_id as "workspaceId", kind, blind, ${sql.ref(column)} as id from ${sql.table(table)}
    where (workspace_id, kind, blind) in (
      select * from unnest(
        ${keys.map(({ workspaceId }) => workspaceId)}::uuid[],
        ${keys.map(({ kind }) => kind)}::text[],
        ${keys.map(({ blind }) => blind)}::bytea[]))`.execute(tx);
  return new Map(rows.map((row) => [nameOf(row), row.id]));
}

const firstOf = (ids: IdsByName, keys: readonly BlindKey[]): string | undefined =>
  keys.map(({ name }) => ids.get(name)).find((id) => id !== undefined);

/** Two of one batch that share a key get the same id. */
function propose(seekers: readonly (readonly BlindKey[])[], known: IdsByName): Proposal[] {
  const taken = new Map<string, string>();
  return seekers.map((keys) => {
    const found = firstOf(known, keys);
    const id = found ?? firstOf(taken, keys) ?? uuidv7();
    for (const { name } of keys) if (!taken.has(name)) taken.set(name, id);
    return { keys, id, isNew: found === undefined };
  });
}

const proposedIds = (proposals: readonly Proposal[]): [string, string][] =>
  proposals.flatMap(({ id, keys }) => keys.map(({ name }): [string, string] => [name, id])).reverse();

/** In ascending order of key, so that two batches never wait for each other in a ring. False where another batch was first. */
async function insertMissing(
  tx: Tx,
  what: keyof typeof tables,
  { proposals, known }: { proposals: readonly Proposal[]; known: IdsByName },
): Promise<boolean> {
  const byName = new Map<string, BlindKey & { readonly id: string }>();
  for (const { id, keys } of proposals)
    for (const key of keys) if (!known.has(key.name) && !byName.has(key.name)) byName.set(key.name, { ...key, id });
  const missing = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { table, column } = tables[what];
  const won = await insertCounting(tx, {
    into: table,
    rows: missing,
    columns: {
      workspace_id: ["uuid", ({ workspaceId }) => workspaceId],
      kind: ["text", ({ kind }) => kind],
      blind: ["bytea", ({ blind }) => blind],
      [column]: ["uuid", ({ id }) => id],
    },
    conflict: "is passed over",
  });
  return won === missing.length;
}

async function repoint(tx: Tx, what: keyof typeof tables, { from, to }: { from: string; to: string }): Promise<void> {
  if (from === to) return;
  const { table, column } = tables[what];
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ${sql.ref(column)} = ${from}`.execute(tx);
}
