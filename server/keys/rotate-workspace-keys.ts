import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { rowsAs } from "../../workflows/ledger/rows.js";
import { transact } from "../../workflows/ledger/transact.js";
import { NIL_UUID, uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { openBytes, sealBytes } from "../privacy/aes-gcm.js";
import type { Kek } from "../privacy/kek.js";
import { CHOSEN_MS, createWorkspaceKeys, type WorkspaceKeys } from "../privacy/workspace-keys.js";
import type { Progress } from "./rewrap.js";

export interface WorkspaceRotation {
  readonly db: Db;
  readonly kek: Kek;
  /** Until no process takes a retired key for today's any more. */
  readonly settle?: () => Promise<void>;
  readonly progress: Progress;
}

interface WrappedSubjectKey {
  readonly id: string;
  readonly workspace_key_id: string;
  readonly wrapped: Buffer;
}

/** Their locks are held for milliseconds. */
const BATCH = 100;
/** Twice as long as a choice is believed: a transaction that began with the old one has long ended. */
const settled = (): Promise<void> => delay(2 * CHOSEN_MS);

/**
 * A new key for each workspace, and every subject's key wrapped by it. The cells stay as they are: they name the subject's key, which
 * is the same. Where an earlier rotation was cut off, that one is finished instead. Answers how many subject keys were wrapped anew.
 */
export async function rotateWorkspaceKeys(own: WorkspaceRotation): Promise<number> {
  const { db, kek, settle = settled } = own;
  if (!(await isUnfinished(db))) await transact(db, (tx) => replaceKeys(tx, kek));
  const workspaceKeys = createWorkspaceKeys(kek);
  let done = 0;
  do {
    done = await rewrapSubjects(own, workspaceKeys, done);
    await settle();
  } while (await isUnfinished(db));
  return done;
}

/** Whether a key that nothing new is wrapped by still wraps something. */
export async function isUnfinished(reader: Reader): Promise<boolean> {
  const { rows } = await sql<{ unfinished: boolean }>`
    select exists (select from subject_key join workspace_key on workspace_key.id = subject_key.workspace_key_id
      where retired_at is not null) as unfinished`.execute(reader);
  return rows[0]?.unfinished ?? false;
}

async function replaceKeys(tx: Tx, kek: Kek): Promise<void> {
  const { rows } = await sql<{ workspaceId: string }>`
    update workspace_key set retired_at = lw_now() where retired_at is null and purpose = 'subject'
    returning workspace_id as "workspaceId"`.execute(tx);
  for (const { workspaceId } of rows) {
    const id = uuidv7();
    await sql`
      insert into workspace_key (id, workspace_id, purpose, wrapped, created_at)
      values (${id}, ${workspaceId}, 'subject', ${kek.wrap("workspace-key", id, randomBytes(32))}, lw_now())`.execute(
      tx,
    );
  }
}

/** One walk along all subject keys, in the order of their ids. */
async function rewrapSubjects(
  { db, progress }: WorkspaceRotation,
  workspaceKeys: WorkspaceKeys,
  before: number,
): Promise<number> {
  let done = before;
  for (let after: string | null = null, more = true; more;) {
    const batch: readonly WrappedSubjectKey[] = await transact(db, (tx) => rewrapBatch(tx, workspaceKeys, after));
    done += batch.length;
    after = batch.at(-1)?.id ?? null;
    more = batch.length > 0;
    if (more) progress(done);
  }
  return done;
}

async function rewrapBatch(
  tx: Tx,
  workspaceKeys: WorkspaceKeys,
  after: string | null,
): Promise<readonly WrappedSubjectKey[]> {
  const { rows } = await sql<WrappedSubjectKey & { readonly workspaceId: string }>`
    select subject_key.id, workspace_key_id, subject_key.wrapped, workspace_key.workspace_id as "workspaceId"
    from subject_key join workspace_key on workspace_key.id = workspace_key_id
    where retired_at is not null and subject_key.id > ${after ?? NIL_UUID}::uuid
    order by subject_key.id limit ${BATCH} for update of subject_key`.execute(tx);
  const anew: WrappedSubjectKey[] = [];
  for (const row of rows) anew.push(await rewrapped(tx, workspaceKeys, row));
  if (anew.length > 0) await put(tx, anew);
  return anew;
}

async function rewrapped(
  tx: Tx,
  workspaceKeys: WorkspaceKeys,
  { id, workspace_key_id, wrapped, workspaceId }: WrappedSubjectKey & { readonly workspaceId: string },
): Promise<WrappedSubjectKey> {
  const before = await workspaceKeys.byId(tx, workspace_key_id);
  const now = await workspaceKeys.current(tx, workspaceId, "subject");
  return { id, workspace_key_id: now.id, wrapped: sealBytes(now.key, id, openBytes(before.key, id, wrapped)) };
}

async function put(tx: Tx, keys: readonly WrappedSubjectKey[]): Promise<void> {
  const given = rowsAs("given", keys, {
    id: ["uuid", ({ id }) => id],
    workspace_key_id: ["uuid", ({ workspace_key_id }) => workspace_key_id],
    wrapped: ["bytea", ({ wrapped }) => wrapped],
  });
  await sql`
    update subject_key set workspace_key_id = given.workspace_key_id, wrapped = given.wrapped
    from ${given} where subject_key.id = given.id`.execute(tx);
}
