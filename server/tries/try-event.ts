import type { Feedback } from "../../integrations/feedback.js";
import type { FlowContext } from "../../workflows/flow/catalogue.js";
import { categoryOf } from "../../workflows/flow/fields.js";
import type { PublishedFlow } from "../../workflows/flow/schema.js";
import { triggerOf } from "../../workflows/flow/trigger-of.js";
import type { Reader } from "../db/database.js";
import { conflict, forbidden, notFound, unprocessable } from "../errors.js";
import { loadContexts } from "../execution/load-context.js";
import type { Actor } from "../http/route.js";
import { readFeedback, type IngestSource } from "../ingest/ingest-service.js";
import { mayDo, within } from "../members/authorize.js";
import { seerOf } from "../members/reach-where.js";
import type { Vault } from "../privacy/vault.js";
import { isOfEmployees, listSources } from "../sources/source-store.js";
import { findPast } from "./past-events.js";
import type { MadeUp, TryEvent } from "./try-api.js";

export interface TryEventDependencies {
  readonly vault: Vault;
  readonly findSource: (sourceId: string) => Promise<IngestSource | null>;
  readonly runUrl: (runId: string) => string;
}

/** What a flow is tried on. */
export interface Tryable {
  readonly context: FlowContext;
  /** By whom a split draws. */
  readonly drawnBy: string;
  readonly isMasked: boolean;
}

interface Asked {
  readonly actor: Actor;
  readonly flowId: string;
  readonly flow: PublishedFlow;
  readonly now: Date;
  /** Of the run that texts name. */
  readonly runId: string;
}

/** No run has it. */
export const NO_RUN = "00000000-0000-0000-0000-000000000000";
const MADE_UP = "made-up";

export async function tryable(
  reader: Reader,
  dependencies: TryEventDependencies,
  event: TryEvent,
  asked: Asked,
): Promise<Tryable> {
  if (event.kind === "past") return pastEvent(reader, dependencies, event.responseId, asked);
  const run = { id: asked.runId, url: dependencies.runUrl(asked.runId) };
  if (event.kind === "startNow") return { context: { ...startedNow(asked), run }, drawnBy: MADE_UP, isMasked: false };
  const { feedback, account, contact } =
    event.kind === "madeUp"
      ? await madeUpEvent(reader, event.feedback, asked)
      : await pastedEvent(dependencies, event, asked);
  return { context: { feedback, contact, account, run }, drawnBy: MADE_UP, isMasked: false };
}

export async function pastEvent(
  reader: Reader,
  dependencies: Pick<TryEventDependencies, "vault" | "runUrl">,
  responseId: string,
  { actor, flowId, runId }: Pick<Asked, "actor" | "flowId" | "runId">,
): Promise<Tryable> {
  if (!mayDo(actor, "feedback:read")) throw forbidden("To try a flow on what was said you need feedback:read.");
  const past = await findPast(reader, seerOf(actor), { flowId, responseId });
  if (!past) throw notFound("past event that can be tried");
  const [context] = await loadContexts(reader, dependencies, [{ id: runId, responseId }]);
  if (!context) throw conflict("erased", "The person behind this was erased; nothing is left to try.");
  const isMasked = !mayDo(actor, "people:read");
  return { context: isMasked ? withoutPeople(context) : context, drawnBy: past.subjectId, isMasked };
}

/** Missing, not masked: a condition that may guess at what is hidden would tell it. */
const withoutPeople = ({ feedback, account, run, start }: FlowContext): FlowContext => ({
  feedback: { ...feedback, comment: null },
  contact: { name: null, email: null, phone: null, externalId: null },
  account: account && { ...account, name: null },
  run,
  ...(start && { start: { at: start["at"], by: null } }),
});

type Said = Pick<FlowContext, "feedback" | "contact" | "account">;

/** Of which nothing is known but when, as of a start that was stored. */
function startedNow({ now }: Pick<Asked, "now">): Omit<FlowContext, "run"> {
  const at = now.toISOString();
  const said = { score: null, metric: "text", category: categoryOf("text", null), comment: null, language: null };
  const from = { source: MADE_UP, sourceId: MADE_UP, domain: "customer", product: null, relation: null };
  return {
    feedback: { id: MADE_UP, ...said, ...from, occurredAt: at, attributes: {} },
    contact: { name: null, email: null, phone: null, externalId: null },
    account: null,
    start: { at, by: null },
  };
}

async function madeUpEvent(reader: Reader, said: MadeUp, asked: Asked): Promise<Said> {
  const { sourceId: _, contact, account, ...feedback } = said;
  const from = await madeUpSource(reader, said, asked);
  const rest = { id: MADE_UP, category: categoryOf(said.metric, said.score), relation: null, ...from };
  return { feedback: { ...feedback, ...rest, occurredAt: asked.now.toISOString() }, contact, account };
}

/** The one that is named, else the first that the flow hears; what is said of employees is theirs here too. */
async function madeUpSource(reader: Reader, { sourceId }: MadeUp, { actor, flow }: Asked) {
  const wanted = sourceId ?? triggerOf(flow)?.config.sources[0];
  const sources = await listSources(reader, actor.workspaceId, within(actor, "source"));
  const source = wanted === undefined ? sources[0] : sources.find(({ id }) => id === wanted);
  if (source)
    return { source: source.name, sourceId: source.id, domain: isOfEmployees(source) ? "employee" : "customer" };
  if (sourceId !== null) throw notFound("source");
  return { source: MADE_UP, sourceId: MADE_UP, domain: "customer" };
}

async function pastedEvent(
  { findSource }: TryEventDependencies,
  { sourceId, payload }: Extract<TryEvent, { kind: "payload" }>,
  { actor, now }: Asked,
): Promise<Said> {
  const source = await findSource(sourceId);
  const only = within(actor, "source");
  if (source?.workspaceId !== actor.workspaceId || only?.includes(sourceId) === false) throw notFound("source");
  const mapped = readFeedback(source, Buffer.from(payload), now);
  if (!mapped.ok) throw unprocessable("payload_not_read", mapped.reason, { field: mapped.field });
  return saidIn(mapped.feedback[0], source);
}

/** As it would be stored; of the account only what the delivery says. */
function saidIn({ respondent, account, relation, ...said }: Feedback, source: IngestSource): Said {
  const { metric, score, comment, language, domain, product, occurredAt, attributes } = said;
  const feedback = {
    ...{ id: MADE_UP, metric, score, category: categoryOf(metric, score), comment, language, domain, product },
    ...{ relation: relation ?? null, source: source.name, sourceId: source.id, occurredAt, attributes },
  };
  const { anonymous: _, ...contact } = respondent;
  const isKnown = account.name !== null || account.externalId !== null;
  return { feedback, contact, account: isKnown ? { ...account } : null };
}
