import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import type { ContactTables } from "./contact-tables.js";
import type { IdentityKey } from "./identity.js";

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

interface Claim {
  readonly workspaceId: string;
  readonly kind: string;
  readonly blind: Buffer;
  readonly wanted: number;
  readonly rank: number;
}

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
  const claims = await claimsOf(tx, vault, wanted);
  if (claims.length === 0) return [];
  const known = await find(tx, what, claims);
  const proposed = proposeIds(wanted, claims, known);
  const missing = claims.filter((claim) => !known.has(nameOf(claim)));
  await insertIdentities(tx, what, missing, proposed);
  const settled = await find(tx, what, claims);
  const resolved = wanted.map((_, index) => {
    const id = strongest(claims, settled, index);
    if (!id) throw new Error("an identity was neither found nor made");
    return { id, isNew: proposed[index] === id && strongest(claims, known, index) === undefined };
  });
  // Another batch won the stronger key meanwhile: the weaker ones follow it.
  for (const [index, { id }] of resolved.entries()) await repoint(tx, what, { from: proposed[index] ?? id, to: id });
  return resolved;
}

async function repoint(tx: Tx, what: keyof typeof tables, { from, to }: { from: string; to: string }): Promise<void> {
  if (from === to) return;
  const { table, column } = tables[what];
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ${sql.ref(column)} = ${from}`.execute(tx);
}

async function claimsOf(tx: Tx, vault: Vault, wanted: readonly Wanted[]): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const [index, { workspaceId, keys }] of wanted.entries())
    for (const [rank, { kind, value }] of keys.entries())
      claims.push({
        workspaceId,
        kind,
        blind: await vault.blind(tx, workspaceId, `${kind}|${value}`),
        wanted: index,
        rank,
      });
  return claims;
}

const nameOf = ({ workspaceId, kind, blind }: Omit<Claim, "wanted" | "rank">): string =>
  `${workspaceId}/${kind}/${blind.toString("base64")}`;

async function find(tx: Tx, what: keyof typeof tables, claims: readonly Claim[]): Promise<Map<string, string>> {
  const { table, column } = tables[what];
  const { rows } = await sql<{ workspaceId: string; kind: string; blind: Buffer; id: string }>`
    select workspace_id as "workspaceId", kind, blind, ${sql.ref(column)} as id from ${sql.table(table)}
    where (workspace_id, kind, blind) in (
      select * from unnest(
        ${claims.map(({ workspaceId }) => workspaceId)}::uuid[],
        ${claims.map(({ kind }) => kind)}::text[],
        ${claims.map(({ blind }) => blind)}::bytea[]))`.execute(tx);
  return new Map(rows.map((row) => [nameOf(row), row.id]));
}

const strongest = (claims: readonly Claim[], known: ReadonlyMap<string, string>, index: number): string | undefined =>
  claims
    .filter(({ wanted }) => wanted === index)
    .map((claim) => known.get(nameOf(claim)))
    .find((id) => id !== undefined);

/** Two of one batch that share a key get the same id. */
function proposeIds(wanted: readonly Wanted[], claims: readonly Claim[], known: ReadonlyMap<string, string>): string[] {
  const byName = new Map<string, string>();
  return wanted.map((_, index) => {
    const names = claims.filter((claim) => claim.wanted === index).map(nameOf);
    const shared = names.map((name) => byName.get(name)).find((id) => id !== undefined);
    const id = strongest(claims, known, index) ?? shared ?? uuidv7();
    for (const name of names) if (!byName.has(name)) byName.set(name, id);
    return id;
  });
}

/** In ascending order of key, so that two batches never wait for each other in a ring. */
async function insertIdentities(
  tx: Tx,
  what: keyof typeof tables,
  claims: readonly Claim[],
  proposed: readonly string[],
): Promise<void> {
  if (claims.length === 0) return;
  const ordered = [...claims].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const db = tx.withTables<ContactTables>();
  const rows = ordered.map(({ workspaceId, kind, blind, wanted }) => ({
    workspace_id: workspaceId,
    kind,
    blind,
    owner: proposed[wanted] ?? "",
  }));
  if (what === "contact")
    await db
      .insertInto("contact_identity")
      .values(rows.map(({ owner, ...row }) => ({ ...row, contact_id: owner })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else
    await db
      .insertInto("account_identity")
      .values(rows.map(({ owner, ...row }) => ({ ...row, account_id: owner })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
