import { parseJsonSafely } from "../../integrations/json.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Vault } from "../privacy/vault.js";
import type { IngestService, IngestSource } from "./ingest-service.js";
import { markReplayed, markStillHeld, readHeld } from "./quarantine-store.js";

export interface ReplayDependencies {
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

/** Reads a held delivery again with today's mapping. Its signature was checked when it came. */
export async function replayHeld(dependencies: ReplayDependencies, workspaceId: string, id: string): Promise<Replayed> {
  const { db, vault, ingest } = dependencies;
  const held = await readHeld(db, vault, workspaceId, id);
  const source = held && (await dependencies.findSource(held.sourceId));
  if (!held || !source) throw notFound("held delivery");
  if (held.state === "replayed") throw conflict("already_replayed", "This delivery was replayed already.");
  if (!held.rawBody) throw conflict("erased", "The person behind this delivery was erased; nothing is left to replay.");
  const json = parseJsonSafely(held.rawBody);
  const mapped = json.ok
    ? source.adapter.toFeedback(json.value, source.settings, new Date())
    : { ok: false as const, reason: json.reason, field: null };
  if (!mapped.ok) {
    await transact(db, (tx) => markStillHeld(tx, id, mapped));
    return { eventId: null, runIds: [], reason: mapped.reason };
  }
  const stored = [];
  for (const feedback of mapped.feedback)
    stored.push(
      await ingest.store({
        workspaceId,
        source: { id: source.id, name: source.name },
        deliveryId: null,
        feedback,
        raw: held.rawBody,
        receivedAt: new Date(),
      }),
    );
  const [first] = stored;
  if (first) await transact(db, (tx) => markReplayed(tx, id, first.eventId));
  return { eventId: first?.eventId ?? null, runIds: stored.flatMap(({ runIds }) => runIds), reason: null };
}
