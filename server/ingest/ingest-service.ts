import { createHash } from "node:crypto";
import type { Feedback } from "../../integrations/feedback.js";
import { parseJsonSafely } from "../../integrations/json.js";
import type { InboundDelivery, Source } from "../../integrations/source.js";
import { BusyError, createGroupCommit } from "../../workflows/ledger/group-commit.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { badRequest, DomainError } from "../errors.js";
import type { PublishedTriggers } from "../flows/published-triggers.js";
import type { Vault } from "../privacy/vault.js";
import { commitBatch } from "./commit-batch.js";
import type { AcceptedEvent, IncomingEvent } from "./event.js";
import type { IngestFigures } from "./ingest-figures.js";
import { holdDelivery, type Held } from "./quarantine-store.js";

/** A source as ingest needs it: its adapter, its settings and its opened signing secrets. */
export interface IngestSource {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly state: "active" | "paused";
  readonly settings: unknown;
  readonly adapter: Source;
  readonly secrets: readonly [string, ...string[]];
}

export interface IngestDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly triggers: PublishedTriggers;
  readonly now: () => Date;
  /** Called after commit when runs wait to be started. */
  readonly onRunsQueued: () => void;
  readonly onAccepted: (workspaceId: string, event: AcceptedEvent) => void;
  readonly figures: IngestFigures;
}

export interface Accepted {
  readonly eventId: string;
  readonly runIds: readonly string[];
}

export interface IngestService {
  /** Durable when it resolves. Throws a DomainError that words the answer for the sender. */
  accept(source: IngestSource, delivery: InboundDelivery): Promise<Accepted>;
  /** Feedback that was mapped elsewhere (a replay from quarantine, the demo). */
  store(event: IncomingEvent): Promise<AcceptedEvent>;
}

const MAX_BATCH = 200;
const MAX_WAITING = 5_000;
/** In characters. A delivery's id is part of an index, whose rows PostgreSQL limits to 2,704 bytes. */
const MAX_DELIVERY_ID = 255;

/** The way into the database: many deliveries, few transactions. */
function createStore({ db, vault, triggers, figures, ...tell }: IngestDependencies): IngestService["store"] {
  const commits = createGroupCommit<IncomingEvent, AcceptedEvent>({
    flush: (events) => transact(db, (tx) => commitBatch(tx, { vault, triggers }, events)),
    maxBatch: MAX_BATCH,
    maxInFlight: 2,
    maxWaiting: MAX_WAITING,
  });
  figures.watch(commits.waiting);

  return async (event) => {
    const accepted = await commits.submit(event).catch((error: unknown) => {
      if (!(error instanceof BusyError)) throw error;
      figures.shed();
      throw busy();
    });
    if (!accepted.duplicate && accepted.runIds.length > 0) tell.onRunsQueued();
    if (!accepted.duplicate) tell.onAccepted(event.workspaceId, accepted);
    return accepted;
  };
}

export function createIngestService(dependencies: IngestDependencies): IngestService {
  const { db, vault, figures } = dependencies;
  const store = createStore(dependencies);

  async function hold(source: IngestSource, rawBody: Buffer, why: Omit<Held, "rawBody">): Promise<Accepted> {
    const eventId = await transact(db, (tx) => holdDelivery(tx, vault, source, { rawBody, ...why }));
    return { eventId, runIds: [] };
  }

  return {
    store,
    async accept(source, { rawBody, headers }) {
      const now = dependencies.now();
      const { adapter, settings, secrets } = source;
      const verified = adapter.verify({ rawBody, headers }, { settings, secrets, now });
      if (!verified.ok) throw badSignature(verified.reason);
      if ((verified.deliveryId?.length ?? 0) > MAX_DELIVERY_ID) throw deliveryIdTooLong();
      const json = parseJsonSafely(rawBody);
      if (!json.ok && json.kind === "malformed") throw badRequest("bad_json", json.reason);
      if (!json.ok) return hold(source, rawBody, { reason: json.reason, field: null });
      const mapped = adapter.toFeedback(json.value, settings, now);
      if (!mapped.ok) return hold(source, rawBody, { reason: mapped.reason, field: mapped.field });
      const toEvent = (feedback: Feedback): IncomingEvent => ({
        workspaceId: source.workspaceId,
        source: { id: source.id, name: source.name },
        deliveryId: verified.deliveryId,
        feedback,
        raw: rawBody,
        receivedAt: now,
      });
      const arrived = performance.now();
      const stored = await Promise.all(mapped.feedback.map((feedback) => store(toEvent(feedback))));
      figures.acknowledged(performance.now() - arrived);
      const [first] = stored;
      if (!first) return { eventId: deliveryName(rawBody), runIds: [] };
      return { eventId: first.eventId, runIds: stored.flatMap(({ runIds }) => runIds) };
    },
  };
}

const badSignature = (reason: string): DomainError =>
  new DomainError({ status: 401, code: "bad_signature", message: `The signature was not accepted: ${reason}` });

const deliveryIdTooLong = (): DomainError =>
  badRequest(
    "delivery_id_too_long",
    `The delivery's id (the webhook-id header) is longer than ${MAX_DELIVERY_ID} characters. Nothing was kept; send it with a shorter id.`,
  );

const busy = (): DomainError =>
  new DomainError({
    status: 503,
    code: "busy",
    message: "Too many events wait to be stored. Nothing of this one was kept; send it again.",
    headers: { "Retry-After": "2" },
  });

/** A delivery that holds no feedback still has a stable name: the first 16 bytes of its hash in the form of a UUID. */
function deliveryName(rawBody: Buffer): string {
  const hex = createHash("sha256").update(rawBody).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
