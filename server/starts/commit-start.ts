import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import { compileKey } from "../../workflows/flow/compile-key.js";
import { contactField, startFields, type Start } from "../../workflows/flow/start.js";
import type { StartValues } from "../../workflows/flow/start-values.js";
import type { Matched } from "../../workflows/flow/triggers.js";
import type { Tx } from "../db/database.js";
import { conflict, unprocessable } from "../errors.js";
import type { PublishedTriggers } from "../flows/published-triggers.js";
import { commitBatch } from "../ingest/commit-batch.js";
import { hashOf, type IncomingEvent } from "../ingest/event.js";
import type { Envelope } from "../privacy/envelope.js";
import type { Vault } from "../privacy/vault.js";
import type { StartedRun } from "./start-api.js";
import { startSource, type StartSource } from "./start-source.js";
import { earlierStart } from "./start-store.js";
import type { StartedFlow } from "./started-by.js";
import { unsaidFeedback } from "./unsaid-feedback.js";

export interface StartDependencies {
  readonly vault: Vault;
  readonly envelope: Envelope;
}

/** One start of one flow, whatever asked for it. */
export interface StartAsked {
  readonly workspaceId: string;
  readonly flowId: string;
  /** The same start has the same. */
  readonly key: string;
  /** What it was asked with, before it was read: a key that comes again must come with the same. */
  readonly asked: unknown;
  /** Read after the key: a start that was stored is answered although the flow was paused since. Throws why it cannot be. */
  readonly begin: () => Promise<Beginning>;
}

/** What a start begins. */
export interface Beginning extends StartedFlow<Start["kind"]> {
  readonly at: Date;
  /** Null: a clock. */
  readonly by: string | null;
  /** A program, with a token. */
  readonly byToken: boolean;
  readonly values: StartValues;
}

/**
 * A start is stored as feedback is, in a source that is none (`startSource`), so that whatever is true of an event is true of it: sealed for
 * whom it is about, once by its key, erased and forgotten with them. It is matched by no trigger: it starts the flow that it was asked for.
 */
export async function commitStart(tx: Tx, own: StartDependencies, start: StartAsked): Promise<StartedRun> {
  const { vault, envelope } = own;
  const source = await startSource(tx, envelope, start.workspaceId);
  // Blinded: whoever calls may well have put an address into the key.
  const name = await vault.blind(tx, start.workspaceId, `start|${start.flowId}|${start.key}`);
  const externalId = name.toString("base64url");
  const raw = Buffer.from(canonicalJson(start.asked));
  const earlier = await earlierStart(tx, { sourceId: source.id, externalId });
  if (earlier) {
    const hash = await vault.blind(tx, start.workspaceId, `content|${hashOf(raw)}`);
    if (!hash.equals(earlier.contentHash)) throw usedOtherwise();
    return { eventId: earlier.eventId, runId: earlier.runId, duplicate: true };
  }
  const beginning = await start.begin();
  const event = eventOf(start, beginning, { source, externalId, raw });
  const [stored] = await commitBatch(tx, { vault, triggers: onlyThis(start.flowId, beginning) }, [event]);
  if (!stored) throw new Error("a start was stored and not answered");
  return { eventId: stored.eventId, runId: stored.runIds[0] ?? null, duplicate: stored.duplicate };
}

interface Kept {
  readonly source: StartSource;
  readonly externalId: string;
  readonly raw: Buffer;
}

/** Whom it is about, a field of the form says. */
function eventOf(
  { workspaceId }: StartAsked,
  { at, by, byToken, values, config }: Beginning,
  { source, externalId, raw }: Kept,
): IncomingEvent {
  const contact = contactField(config.start);
  const email = contact === undefined ? null : (values[contact.name] ?? null);
  return {
    ...{ workspaceId, source, raw, receivedAt: new Date(), start: { by, byToken, fields: values } },
    feedback: unsaidFeedback({
      responseId: externalId,
      occurredAt: at,
      email: typeof email === "string" ? email : null,
    }),
  };
}

/** In the place of what is published: whatever listens to feedback, to any source even, hears nothing of a start. */
const onlyThis = (flowId: string, beginning: Beginning): PublishedTriggers => ({
  of: () =>
    Promise.resolve({
      match: ({ contactId = null }) => ({ matched: [matchedBy(flowId, beginning, contactId)], undecided: [] }),
    }),
});

function matchedBy(
  flowId: string,
  { versionId, flow, config, at, by, values }: Beginning,
  contactId: string | null,
): Matched {
  const { key, purpose = "service", start } = config;
  const fields = { start: { ...values, at: at.toISOString(), by } };
  const reading = key
    ? compileKey(key, startFields(start))({ fields, contactId, accountId: null })
    : { ok: true as const, value: null };
  if (!reading.ok)
    throw unprocessable("start_key_unread", "What this flow's runs are taken one at a time by cannot be read here.");
  return { flowId, versionId, flow, onEveryChange: false, purpose, key: reading.value };
}

const usedOtherwise = () =>
  conflict("start_key_used", "This key was sent before, with other fields. Send a key of its own with each start.");
