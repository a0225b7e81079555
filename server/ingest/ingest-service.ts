import type { Feedback } from "../../integrations/feedback.js";
import { parseJsonSafely } from "../../integrations/json.js";
import type { InboundDelivery, Mapped, Source } from "../../integrations/source.js";
import { BusyError, createGroupCommit } from "../../workflows/ledger/group-commit.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { badRequest, DomainError } from "../errors.js";
import { askBySource } from "../erasure/ask-by-source.js";
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
  /** Those that are not accepted any more, as far as they are remembered. */
  readonly endedSecrets: readonly string[];
}

/** What a delivery says by today's mapping. Throws where it is not JSON at all: nothing of such a delivery is kept. */
export function readFeedback(source: IngestSource, rawBody: Buffer, receivedAt: Date): Mapped {
  return mapped(source, readJson(rawBody), receivedAt);
}

function readJson(rawBody: Buffer): ParsedJson {
  const json = parseJsonSafely(rawBody);
  if (!json.ok && json.kind === "malformed") throw badRequest("bad_json", json.reason);
  return json;
}
type ParsedJson = ReturnType<typeof parseJsonSafely>;

const mapped = ({ adapter, settings }: IngestSource, json: ParsedJson, receivedAt: Date): Mapped =>
  json.ok ? adapter.toFeedback(json.value, settings, receivedAt) : { ok: false, reason: json.reason, field: null };

type Several<Item> = readonly [Item, ...Item[]];

export function eventsOf(
  { workspaceId, id, name }: IngestSource,
  delivery: Pick<IncomingEvent, "raw" | "receivedAt">,
  [first, ...others]: Several<Feedback>,
): Several<IncomingEvent> {
  const toEvent = (feedback: Feedback) => ({ workspaceId, source: { id, name }, feedback, ...delivery });
  return [toEvent(first), ...others.map(toEvent)];
}

/** The delivery is known by the first of its events. */
export async function storeAll(
  store: IngestService["store"],
  [first, ...others]: Several<IncomingEvent>,
): Promise<Accepted> {
  const stored = await Promise.all([store(first), ...others.map(store)]);
  return { eventId: stored[0].eventId, runIds: stored.flatMap(({ runIds }) => runIds) };
}

export interface IngestDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly triggers: PublishedTriggers;
  readonly now: () => Date;
  /** Called after commit when runs wait to be started. */
  readonly onRunsQueued: () => void;
  /** Called after commit with the id of what is new. */
  readonly onAccepted: (workspaceId: string, eventId: string) => void;
  readonly figures: IngestFigures;
}

export interface Accepted {
  /** As of `AcceptedEvent`. */
  readonly eventId: string | null;
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
    if (!accepted.duplicate && accepted.eventId !== null && !isOfEmployee(event))
      tell.onAccepted(event.workspaceId, accepted.eventId);
    return accepted;
  };
}

/** Open pages are told once it is shown: when it came is nobody's business. */
const isOfEmployee = ({ feedback }: IncomingEvent): boolean => feedback.domain === "employee";

export function createIngestService(dependencies: IngestDependencies): IngestService {
  const { db, vault, figures } = dependencies;
  const store = createStore(dependencies);

  type Why = Pick<Held, "reason" | "field">;
  async function hold(source: IngestSource, rawBody: Buffer, { reason, field }: Why): Promise<Accepted> {
    const held = { rawBody, reason, field, domain: domainOf(source) };
    const eventId = await transact(db, (tx) => holdDelivery(tx, vault, source, held));
    return { eventId, runIds: [] };
  }

  async function forget(source: IngestSource, externalIds: readonly string[]): Promise<Accepted> {
    if (externalIds.length > 0) await transact(db, (tx) => askBySource(tx, vault, source, externalIds));
    return { eventId: null, runIds: [] };
  }

  return {
    store,
    async accept(source, received) {
      const { rawBody } = received;
      const now = dependencies.now();
      const { adapter, settings, secrets } = source;
      const verified = adapter.verify(received, { settings, secrets, now });
      if (!verified.ok) throw badSignature(verified.reason);
      const json = readJson(rawBody);
      const erasures = json.ok ? adapter.toErasures(json.value, settings) : null;
      if (erasures) return forget(source, erasures);
      const read = mapped(source, json, now);
      if (!read.ok) return hold(source, rawBody, read);
      const arrived = performance.now();
      const accepted = await storeAll(store, eventsOf(source, { raw: rawBody, receivedAt: now }, read.feedback));
      figures.acknowledged(performance.now() - arrived);
      return accepted;
    },
  };
}

/** Whose words come from it, where its kind lets that be set. */
const domainOf = ({ settings }: IngestSource): string | null =>
  typeof settings === "object" && settings !== null && "domain" in settings && typeof settings.domain === "string"
    ? settings.domain
    : null;

export const BAD_SIGNATURE = "bad_signature";

const badSignature = (reason: string): DomainError =>
  new DomainError({ status: 401, code: BAD_SIGNATURE, message: `The signature was not accepted: ${reason}` });

const busy = (): DomainError =>
  new DomainError({
    status: 503,
    code: "busy",
    message: "Too many events wait to be stored. Nothing of this one was kept; send it again.",
    headers: { "Retry-After": "2" },
  });
