import { firstOfEach, groupBy } from "../../workflows/flow/group-by.js";
import type { TriggerMatch } from "../../workflows/flow/triggers.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { accountAttributes, resolveOwners, type Owned } from "../contacts/contact-store.js";
import type { Tx } from "../db/database.js";
import { erasedAmong } from "../erasure/erased-responses.js";
import type { CompiledTriggers, PublishedTriggers } from "../flows/published-triggers.js";
import { noteMentions, type SaidText } from "../people/mentions.js";
import type { Vault } from "../privacy/vault.js";
import { contentHash, triggerContext, type AcceptedEvent, type IncomingEvent } from "./event.js";
import * as store from "./ingest-store.js";
import type { JudgedEvent, MatchedFlow, PlacedEvent, ResponseRow } from "./placed-event.js";
import { startRuns, tellOpenRuns, type StartedRun } from "./start-runs.js";

export interface BatchDependencies {
  readonly vault: Vault;
  readonly triggers: PublishedTriggers;
}

/**
 * Stores a batch whole: responses, revisions, the runs they start, in one transaction. The same content of the same response is
 * the same event, however often and in whatever envelope it is delivered.
 */
export async function commitBatch(
  tx: Tx,
  { vault, triggers }: BatchDependencies,
  events: readonly IncomingEvent[],
): Promise<AcceptedEvent[]> {
  const hashed = await withHashes(tx, vault, events);
  const { found, made } = await responsesOf(tx, vault, events);
  const known = await store.knownRevisions(tx, [...found.values()]);
  const places = place(hashed, { found, made }, known);
  const placed = places.filter((one) => one !== null);
  const fresh = placed.filter(({ isNew }) => isNew);
  const judged = await judge(tx, { vault, triggers }, fresh);
  await store.insertRevisions(tx, vault, judged);
  await noteMentions(tx, vault, judged.map(saidIn));
  const started = await startRuns(tx, judged);
  const later = fresh.filter(({ ordinal }) => ordinal > 0);
  await tellOpenRuns(
    tx,
    vault,
    later.map(({ response, revisionId, ordinal }) => ({ responseId: response.id, revisionId, ordinal })),
  );
  const earlier = await store.runsOf(
    tx,
    placed.filter(({ isNew }) => !isNew),
  );
  return answers(places, [...earlier, ...started]);
}

const saidIn = ({ event, response }: JudgedEvent): SaidText => ({
  workspaceId: event.workspaceId,
  responseId: response.id,
  comment: event.feedback.comment,
  phone: response.contact_id === null ? event.feedback.respondent.phone : null,
});

/** By name; what was found is locked, what was made nobody else sees yet. */
interface Responses {
  readonly found: ReadonlyMap<string, ResponseRow>;
  readonly made: ReadonlyMap<string, ResponseRow>;
}

/** Locks or makes each response; two events of one response meet here. */
async function responsesOf(tx: Tx, vault: Vault, events: readonly IncomingEvent[]): Promise<Responses> {
  const found = await store.lockResponses(tx, events);
  const unknown = oneOfEach(events).filter((event) => !found.has(store.responseName(event)));
  const erased = await erasedAmong(tx, vault, unknown);
  const missing = unknown.filter((event) => !erased.has(event));
  if (missing.length === 0) return { found, made: new Map() };
  const owned = await resolveOwners(tx, vault, missing);
  const made = await store.insertResponses(tx, await withSubjects(tx, vault, owned));
  const late = missing.filter((event) => !made.has(store.responseName(event)));
  return { found: new Map([...found, ...(late.length > 0 ? await store.lockResponses(tx, late) : [])]), made };
}

/** In ascending order of name, so that two batches never wait for each other in a ring. */
const oneOfEach = (events: readonly IncomingEvent[]): IncomingEvent[] =>
  [...firstOfEach(events, store.responseName)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event);

/** A response without a contact is about an unknown author, who is a subject too. */
async function withSubjects(
  tx: Tx,
  vault: Vault,
  owned: readonly Owned<IncomingEvent>[],
): Promise<store.NewResponse[]> {
  const responses = owned.map(({ request: event, owner }) => ({
    event,
    owner,
    subjectId: owner.subjectId ?? uuidv7(),
  }));
  const unknown = responses.filter(({ owner }) => owner.subjectId === null);
  await vault.createSubjects(
    tx,
    unknown.map(({ event, subjectId }) => ({ id: subjectId, workspaceId: event.workspaceId, kind: "response" })),
  );
  return responses;
}

interface HashedEvent {
  readonly event: IncomingEvent;
  readonly hash: Buffer;
}

const withHashes = (tx: Tx, vault: Vault, events: readonly IncomingEvent[]): Promise<HashedEvent[]> =>
  Promise.all(
    events.map(async (event) => ({
      event,
      hash: await vault.blind(tx, event.workspaceId, `content|${contentHash(event)}`),
    })),
  );

/** Gives each event its revision: the one that has its content, or the next number. Null for what was erased: it has no place any more. */
function place(
  events: readonly HashedEvent[],
  { found, made }: Responses,
  known: store.KnownRevisions,
): (PlacedEvent | null)[] {
  const revisions = new Map(known.ids);
  const next = new Map(known.next);
  return events.map(({ event, hash }) => {
    const response = found.get(store.responseName(event)) ?? made.get(store.responseName(event));
    if (!response) return null;
    const name = store.revisionName(response.id, hash);
    const existing = revisions.get(name);
    const ordinal = next.get(response.id) ?? 0;
    const revisionId = existing ?? uuidv7();
    revisions.set(name, revisionId);
    if (!existing) next.set(response.id, ordinal + 1);
    return { event, hash, revisionId, response, ordinal, isNew: !existing };
  });
}

async function judge(
  tx: Tx,
  { vault, triggers }: BatchDependencies,
  fresh: readonly PlacedEvent[],
): Promise<JudgedEvent[]> {
  const accountIds = fresh.flatMap(({ response }) => (response.account_id ? [response.account_id] : []));
  const attributes = await accountAttributes(tx, accountIds);
  const judged: JudgedEvent[] = [];
  const ofWorkspace = new Map<string, CompiledTriggers>();
  for (const id of new Set(fresh.map(({ event }) => event.workspaceId))) ofWorkspace.set(id, await triggers.of(tx, id));
  for (const placed of fresh) {
    const compiled = ofWorkspace.get(placed.event.workspaceId);
    if (!compiled) throw new Error("a workspace has no triggers, not even none");
    const account = placed.response.account_id ? (attributes.get(placed.response.account_id) ?? null) : null;
    const { matched, undecided } = compiled.match({
      ...triggerContext(placed.event, placed.revisionId, account),
      contactId: placed.response.contact_id,
      accountId: placed.response.account_id,
    });
    judged.push({
      ...placed,
      matched: await matchedFlows(tx, vault, { workspaceId: placed.event.workspaceId, matched }),
      notJudged: undecided.map(({ entry, part }) => ({ flowId: entry.flowId, code: `${part}_failed` })),
    });
  }
  return judged;
}

const matchedFlows = (
  tx: Tx,
  vault: Vault,
  { workspaceId, matched }: { workspaceId: string; matched: TriggerMatch["matched"] },
): Promise<MatchedFlow[]> =>
  Promise.all(
    matched.map(async ({ flowId, versionId, onEveryChange, purpose, key }) => ({
      flowId,
      versionId,
      onEveryChange,
      purpose,
      // Of this flow only: that two flows have a run for the same person stands nowhere.
      flowKey: key === null ? null : await vault.blind(tx, workspaceId, `flow-key|${flowId}|${key}`),
    })),
  );

function answers(places: readonly (PlacedEvent | null)[], runs: readonly StartedRun[]): AcceptedEvent[] {
  const byRevision = groupBy(
    runs,
    ({ revision_id }) => revision_id,
    ({ id }) => id,
  );
  return places.map((placed) => ({
    eventId: placed?.revisionId ?? null,
    runIds: placed ? [...new Set(byRevision.get(placed.revisionId))] : [],
    duplicate: !placed?.isNew,
  }));
}
