import { sql } from "kysely";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import type { Erasure, EraseRequest, LeftToPerson } from "./erasure-api.js";
import { holdsOn, type Holding } from "../holds/held.js";
import { keepHolds } from "../holds/hold-lock.js";
import { copiesOf, findErasures, freeze, insertErasure, lockPeople } from "./erasure-store.js";
import type { ErasureRow } from "./erasure-tables.js";
import { leftToPerson } from "./left-to-person.js";
import { copyOf } from "./receipt.js";
import { subjectsOf, type Owned } from "./subjects.js";

export interface ErasureDependencies {
  readonly db: Db;
  /** Names of members by id. */
  readonly memberNames: (reader: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

export interface ErasureService {
  ask(actor: Actor, asked: EraseRequest): Promise<Erasure>;
  /** One more than the limit where there are more. */
  list(query: { workspaceId: string; cursor?: string | undefined; limit: number }): Promise<Erasure[]>;
  find(workspaceId: string, id: string): Promise<Erasure>;
  /** What sources asked for and a person has to decide. */
  left(workspaceId: string): Promise<LeftToPerson[]>;
}

export function createErasureService({ db, memberNames }: ErasureDependencies): ErasureService {
  async function views(rows: readonly ErasureRow[]): Promise<Erasure[]> {
    const ids = rows.map(({ id }) => id);
    const copies = await copiesOf(db, ids);
    const sources = await sourceNames(db, rows);
    const holds = await holdsOn(db, ids);
    const names = await memberNames(
      db,
      rows.flatMap(({ asked_by }) => asked_by ?? []),
    );
    return rows.map((row) => ({
      ...stepsOf(row),
      askedBy: names.get(row.asked_by ?? "") ?? sources.get(row.source_id ?? "") ?? null,
      held: heldOf(holds.find(({ erasure_id }) => erasure_id === row.id)),
      copies: copies.filter(({ erasure_id }) => erasure_id === row.id).map(copyOf),
    }));
  }

  async function find(workspaceId: string, id: string): Promise<Erasure> {
    const [found] = await views(await findErasures(db, { workspaceId, id, limit: 1 }));
    if (!found) throw notFound("erasure");
    return found;
  }

  return {
    find,
    left: (workspaceId) => leftToPerson(db, workspaceId),
    list: async (query) => views(await findErasures(db, query)),
    async ask(actor, asked) {
      const id = await transact(db, (tx) => askFor(tx, actor, asked));
      return find(actor.workspaceId, id);
    },
  };
}

async function sourceNames(reader: Reader, rows: readonly ErasureRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap(({ source_id }) => source_id ?? []);
  const { rows: found } = await sql<{ id: string; name: string }>`
    select id, name from source where id = any(${ids}::uuid[])`.execute(reader);
  return new Map(found.map(({ id, name }) => [id, name]));
}

const heldOf = (hold: Holding | undefined): Erasure["held"] =>
  hold ? { by: hold.about, since: hold.placed_at.toISOString() } : null;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const stepsOf = (row: ErasureRow) => ({
  id: row.id,
  ground: row.ground,
  askedAt: row.asked_at.toISOString(),
  settledAt: iso(row.settled_at),
  copiesAt: iso(row.copies_at),
  rowsAt: iso(row.rows_at),
  tracesAt: iso(row.traces_at),
  doneAt: iso(row.done_at),
  receipt: row.receipt,
});

async function askFor(tx: Tx, actor: Actor, asked: EraseRequest): Promise<string> {
  const { workspaceId } = actor;
  await keepHolds(tx, workspaceId);
  const owned = await subjectsOf(tx, workspaceId, asked);
  if (owned.subject_ids.length === 0) throw notFound("person");
  await lockPeople(tx, owned);
  await refuseTwice(tx, owned);
  const id = uuidv7();
  await insertErasure(tx, { id, workspace_id: workspaceId, ground: "request", asked_by: actor.id, ...owned });
  const held = (await holdsOn(tx, [id])).length > 0;
  if (!held) await freeze(tx, owned);
  await auditBy(tx, actor, {
    action: "erasure.asked",
    target: { kind: "erasure", id },
    data: { contacts: owned.contact_ids.length, responses: owned.response_ids.length, held },
  });
  return id;
}

async function refuseTwice(tx: Tx, { subject_ids }: Owned): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from erasure where done_at is null and subject_ids && ${subject_ids}::uuid[] limit 1`.execute(tx);
  if (rows[0]) throw conflict("already_asked", "This person is being erased already.", { erasureId: rows[0].id });
}
