import { sql } from "kysely";
import { NIL_UUID } from "../../workflows/ledger/uuid.js";
import { transact } from "../../workflows/ledger/transact.js";
import { audit } from "../audit/audit.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { insertErasure } from "./erasure-store.js";
import { ownedBy } from "./subjects.js";
import type { Tombstone, Tombstones } from "./tombstones.js";

const BATCH = 5_000;

/**
 * At a worker's start: a database that was restored from an older backup knows people again who had been erased, so they are erased again.
 * Answers how many erasures that concerns. Where none is missing it costs one query.
 */
export async function eraseAgain(db: Db, tombstones: Tombstones): Promise<number> {
  const missing = await missingFrom(db, await tombstones.all());
  if (missing.length === 0) return 0;
  const found = await subjectsNamed(db, tombstones, missing);
  await transact(db, async (tx) => {
    for (const tombstone of missing) await ask(tx, tombstone, found.get(tombstone.erasureId) ?? []);
  });
  return missing.length;
}

async function missingFrom(db: Db, all: readonly Tombstone[]): Promise<Tombstone[]> {
  const ids = all.map(({ erasureId }) => erasureId);
  const { rows } = await sql<{ id: string }>`
    select id from erasure where id = any(${ids}::uuid[])`.execute(db);
  const known = new Set(rows.map(({ id }) => id));
  return [...new Map(all.filter(({ erasureId }) => !known.has(erasureId)).map((one) => [one.erasureId, one])).values()];
}

/** Every living subject is hashed and compared: only after a restore. By erasure id. */
async function subjectsNamed(
  db: Db,
  tombstones: Tombstones,
  missing: readonly Tombstone[],
): Promise<ReadonlyMap<string, string[]>> {
  const erasureOf = new Map(missing.flatMap(({ erasureId, subjects }) => subjects.map((name) => [name, erasureId])));
  const found = new Map<string, string[]>();
  for await (const id of livingSubjects(db)) {
    const erasureId = erasureOf.get(tombstones.nameOf(id));
    if (erasureId !== undefined) found.set(erasureId, [...(found.get(erasureId) ?? []), id]);
  }
  return found;
}

async function* livingSubjects(reader: Reader): AsyncGenerator<string> {
  let after = NIL_UUID;
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select id from subject where id > ${after} and erased_at is null order by id limit ${BATCH}`.execute(reader);
    for (const { id } of rows) yield id;
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.id ?? after;
  }
}

async function ask(tx: Tx, { erasureId, workspaceId }: Tombstone, subjectIds: readonly string[]): Promise<void> {
  await insertErasure(tx, {
    id: erasureId,
    workspace_id: workspaceId,
    ground: "restored",
    asked_by: null,
    ...(await ownedBy(tx, subjectIds)),
  });
  await audit(tx, {
    workspaceId,
    actor: { kind: "system", id: null },
    action: "erasure.asked",
    target: { kind: "erasure", id: erasureId },
    data: { ground: "restored" },
  });
}
