import type { Reader } from "../db/database.js";
import type { AuditRow, AuditTables } from "./audit.js";
import { countUnchained } from "./audit-store.js";
import type { Head } from "./chain.js";
import { publicKeyId } from "../privacy/signer.js";
import { isSignedBy } from "./head-signer.js";
import type { ExportedHead } from "./heads.js";
import { CHAIN_START, linkHash } from "./link.js";
import { namedKeys } from "./named-keys.js";

/** What a chain is held against. */
export interface Evidence {
  /** Who may have signed: SPKI, base64. */
  readonly publicKeys: readonly string[];
  /** From a copy outside the database. */
  readonly exported: readonly ExportedHead[];
}

export interface ChainReport {
  readonly workspaceId: string;
  /** With a place in the chain; and without one yet. */
  readonly events: number;
  readonly unchained: number;
  /** Signed ends that were found on the chain, those of the database and those of the copy. */
  readonly heads: number;
  /** The first thing that is wrong, in words; null where the chain is whole. */
  readonly problem: string | null;
}

const PAGE = 1_000;

/** Follows a workspace's whole chain, and holds every signed end against it. */
export async function verifyChain(reader: Reader, workspaceId: string, evidence: Evidence): Promise<ChainReport> {
  const heads = await headsToFind(reader, workspaceId, evidence);
  const { events, problem } = await follow(reader, workspaceId, heads);
  const unchained = await countUnchained(reader, workspaceId);
  return { workspaceId, events, unchained, heads: heads.length, problem };
}

interface SignedHead extends Head {
  readonly signature: Buffer;
  readonly keyId: string;
  readonly publicKey: string | undefined;
}

async function headsToFind(
  reader: Reader,
  workspaceId: string,
  { publicKeys, exported }: Evidence,
): Promise<SignedHead[]> {
  const stored = await reader
    .withTables<AuditTables>()
    .selectFrom("audit_head")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .execute();
  const copied = exported
    .filter((head) => head.workspaceId === workspaceId)
    .map(({ seq, hash, keyId, signature }) => ({
      ...{ workspace_id: workspaceId, seq, hash: Buffer.from(hash, "hex") },
      ...{ key_id: keyId, signature: Buffer.from(signature, "base64") },
    }));
  const heads = [...stored, ...copied].map(({ key_id, ...head }) => ({ ...head, keyId: key_id }));
  const given = withKeys(heads, publicKeys);
  const upTo = Math.max(0, ...given.filter(isVouchedFor).map(({ seq }) => seq));
  return withKeys(heads, [...publicKeys, ...(await namedKeys(reader, workspaceId, upTo))]);
}

function withKeys(heads: readonly Omit<SignedHead, "publicKey">[], publicKeys: readonly string[]): SignedHead[] {
  const known = new Map(publicKeys.map((key) => [publicKeyId(key), key]));
  return heads.map((head) => ({ ...head, publicKey: known.get(head.keyId) }));
}

const isVouchedFor = (head: SignedHead): boolean =>
  head.publicKey !== undefined && isSignedBy(head.publicKey, head, head.signature);

async function follow(reader: Reader, workspaceId: string, heads: readonly SignedHead[]) {
  const forged = heads.map(forgeryOf).find((problem) => problem !== null);
  if (forged !== undefined) return { events: 0, problem: forged };
  let before: Pick<Head, "seq" | "hash"> = { seq: 0, hash: CHAIN_START };
  for await (const row of chainOf(reader, workspaceId)) {
    const problem = problemOf(row, before, heads);
    if (problem !== null || !row.hash) return { events: before.seq, problem };
    before = { seq: before.seq + 1, hash: row.hash };
  }
  return { events: before.seq, problem: cutOff(before.seq, heads) };
}

function cutOff(last: number, heads: readonly SignedHead[]): string | null {
  const lost = heads.find(({ seq }) => seq > last);
  return lost ? `Events ${last + 1} to ${lost.seq} are gone: there were ${lost.seq} when the end was signed.` : null;
}

function forgeryOf(head: SignedHead): string | null {
  const { publicKey, keyId, seq, signature } = head;
  if (publicKey === undefined)
    return (
      `The end at event ${seq} was signed with the key ${keyId}, which is not known here: give its public key with --key. ` +
      "It stands in your own copy of audit-heads.jsonl, as publicKey of the lines with that keyId."
    );
  return isSignedBy(publicKey, head, signature)
    ? null
    : `The signature of the end at event ${seq} is wrong: it was forged or damaged.`;
}

function problemOf(row: AuditRow, before: Pick<Head, "seq" | "hash">, heads: readonly SignedHead[]): string | null {
  const seq = before.seq + 1;
  if (row.seq !== seq) return `Event ${seq} is gone: event ${row.seq} follows ${before.seq}.`;
  const hash = linkHash(before.hash, { ...row, seq });
  const what = `${row.id}, ${row.action}, ${row.at.toISOString()}`;
  if (!row.hash?.equals(hash)) return `Event ${seq} (${what}) was changed after it was chained.`;
  if (heads.some((head) => head.seq === seq && !head.hash.equals(hash)))
    return `Event ${seq} (${what}) is not what stood there when the end was signed: the chain was written anew.`;
  return null;
}

async function* chainOf(reader: Reader, workspaceId: string): AsyncGenerator<AuditRow> {
  let page = await pageAfter(reader, workspaceId, 0);
  while (page.length > 0) {
    yield* page;
    page = await pageAfter(reader, workspaceId, page.at(-1)?.seq ?? 0);
  }
}

const pageAfter = (reader: Reader, workspaceId: string, seq: number): Promise<AuditRow[]> =>
  reader
    .withTables<AuditTables>()
    .selectFrom("audit_event")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("seq", ">", seq)
    .orderBy("seq")
    .limit(PAGE)
    .execute();
