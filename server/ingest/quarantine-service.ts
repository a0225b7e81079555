import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { Db, Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { authorize } from "../members/authorize.js";
import type { Vault } from "../privacy/vault.js";
import { eventsOf, readFeedback, storeAll, type IngestService, type IngestSource } from "./ingest-service.js";
import { listHeld, markReplayed, markStillHeld, readHeld, type HeldQuery } from "./quarantine-store.js";

export interface QuarantineDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly ingest: IngestService;
  readonly findSource: (sourceId: string) => Promise<IngestSource | null>;
}

export interface Replayed {
  readonly eventId: string | null;
  readonly runIds: readonly string[];
  readonly reason: string | null;
}

/** What is done with deliveries that `holdDelivery` put aside. */
export interface QuarantineService {
  list(query: HeldQuery): ReturnType<typeof listHeld>;
  replay(actor: Actor, id: string): Promise<Replayed>;
}

export const createQuarantineService = (dependencies: QuarantineDependencies): QuarantineService => ({
  list: (query) => listHeld(dependencies.db, query),
  replay: (actor, id) => replay(dependencies, actor, id),
});

/** Reads a held delivery again with today's mapping, as of when it came. Its signature was checked then. */
async function replay(dependencies: QuarantineDependencies, actor: Actor, id: string): Promise<Replayed> {
  const { source, rawBody, receivedAt } = await readReplayable(dependencies, actor, id);
  const mapped = readFeedback(source, rawBody, receivedAt);
  if (!mapped.ok) {
    await transact(dependencies.db, async (tx) => {
      await markStillHeld(tx, id, mapped);
      await tell(tx, actor, { id, read: false });
    });
    return { eventId: null, runIds: [], reason: mapped.reason };
  }
  const events = eventsOf(source, { deliveryId: null, raw: rawBody, receivedAt }, mapped.feedback);
  const { eventId, runIds } = await storeAll(dependencies.ingest.store, events);
  await transact(dependencies.db, async (tx) => {
    await markReplayed(tx, id, eventId);
    await tell(tx, actor, { id, read: true });
  });
  return { eventId, runIds, reason: null };
}

const tell = (tx: Tx, actor: Actor, { id, read }: { readonly id: string; readonly read: boolean }): Promise<void> =>
  auditBy(tx, actor, { action: "quarantine.replayed", target: { kind: "quarantine", id }, data: { read } });

async function readReplayable({ db, vault, findSource }: QuarantineDependencies, actor: Actor, id: string) {
  const held = await readHeld(db, vault, actor.workspaceId, id);
  const source = held && (await findSource(held.sourceId));
  if (!held || !source) throw notFound("held delivery");
  authorize(actor, "sources:manage", { kind: "source", id: held.sourceId });
  if (held.state === "replayed") throw conflict("already_replayed", "This delivery was replayed already.");
  if (!held.rawBody) throw conflict("erased", "The person behind this delivery was erased; nothing is left to replay.");
  return { source, rawBody: held.rawBody, receivedAt: held.receivedAt };
}
