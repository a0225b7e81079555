import { parseJsonSafely } from "../../integrations/json.js";
import type { Mapped } from "../../integrations/source.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Vault } from "../privacy/vault.js";
import type { AcceptedEvent } from "./event.js";
import type { IngestService, IngestSource } from "./ingest-service.js";
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
  replay(workspaceId: string, id: string): Promise<Replayed>;
}

export const createQuarantineService = (dependencies: QuarantineDependencies): QuarantineService => ({
  list: (query) => listHeld(dependencies.db, query),
  replay: (workspaceId, id) => replay(dependencies, workspaceId, id),
});

/** Reads a held delivery again with today's mapping, as of when it came. Its signature was checked then. */
async function replay(dependencies: QuarantineDependencies, workspaceId: string, id: string): Promise<Replayed> {
  const { source, rawBody, receivedAt } = await readReplayable(dependencies, workspaceId, id);
  const mapped = map(source, rawBody, receivedAt);
  if (!mapped.ok) {
    await transact(dependencies.db, (tx) => markStillHeld(tx, id, mapped));
    return { eventId: null, runIds: [], reason: mapped.reason };
  }
  const { name } = source;
  const stored: AcceptedEvent[] = [];
  for (const feedback of mapped.feedback) {
    const event = {
      workspaceId,
      source: { id: source.id, name },
      deliveryId: null,
      feedback,
      raw: rawBody,
      receivedAt,
    };
    stored.push(await dependencies.ingest.store(event));
  }
  const [first] = stored;
  if (first) await transact(dependencies.db, (tx) => markReplayed(tx, id, first.eventId));
  return { eventId: first?.eventId ?? null, runIds: stored.flatMap(({ runIds }) => runIds), reason: null };
}

async function readReplayable({ db, vault, findSource }: QuarantineDependencies, workspaceId: string, id: string) {
  const held = await readHeld(db, vault, workspaceId, id);
  const source = held && (await findSource(held.sourceId));
  if (!held || !source) throw notFound("held delivery");
  if (held.state === "replayed") throw conflict("already_replayed", "This delivery was replayed already.");
  if (!held.rawBody) throw conflict("erased", "The person behind this delivery was erased; nothing is left to replay.");
  return { source, rawBody: held.rawBody, receivedAt: held.receivedAt };
}

function map({ adapter, settings }: IngestSource, rawBody: Buffer, receivedAt: Date): Mapped {
  const json = parseJsonSafely(rawBody);
  return json.ok
    ? adapter.toFeedback(json.value, settings, receivedAt)
    : { ok: false, reason: json.reason, field: null };
}
