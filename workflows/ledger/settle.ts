import { sql } from "kysely";
import type { NewFact } from "../flow/facts.js";
import { firstOfEach } from "../flow/group-by.js";
import type { ExecutionPorts, Sealer } from "../ports.js";
import { endAttempts, type AttemptEnded } from "./attempts.js";
import { databaseNow } from "./clock.js";
import { lockEffect, lockEffects, messagePlace, putBack, type EffectRow } from "./effect-store.js";
import { holdSlot } from "./rate-slots.js";
import { lockOwner, lockOwners, tellOwners, type Owner, type OwnerRef } from "./owner.js";
import { rowsAs } from "./rows.js";
import type { AttemptOutcome, EffectState } from "./tables.js";
import type { Tx } from "./tx.js";
import { unanswered } from "./unanswered.js";

type SettledState = Extract<EffectState, "done" | "failed" | "ambiguous">;
type ClearValue = string | number | boolean | null;

export interface Settlement {
  readonly effectId: string;
  /** Null: not an attempt but a person, a webhook or the driver says so. */
  readonly attempt: { readonly token: string; readonly outcome: AttemptOutcome } | null;
  readonly state: SettledState;
  readonly code: string | null;
  /** The remote system's words: stored sealed. */
  readonly message: string | null;
  readonly externalId: string | null;
  readonly url: string | null;
  readonly clearOutput: Readonly<Record<string, ClearValue>>;
  readonly secretOutput: Readonly<Record<string, unknown>>;
}

/** A settlement of which nothing is known but that it happened. */
export const BARE = {
  attempt: null,
  code: null,
  message: null,
  externalId: null,
  url: null,
  clearOutput: {},
  secretOutput: {},
} as const satisfies Partial<Settlement>;

type SettlePorts = Pick<ExecutionPorts, "sealer" | "incident">;

/** As `settleEffects`, for one. */
export async function settleEffect(
  tx: Tx,
  ports: SettlePorts,
  owner: OwnerRef,
  settlement: Settlement,
): Promise<boolean> {
  const [settled = false] = await settleEffects(tx, ports, [{ owner, settlement }]);
  return settled;
}

export interface AskedSettlement {
  readonly owner: OwnerRef;
  readonly settlement: Settlement;
}

interface Ending {
  readonly owner: Owner;
  readonly effect: EffectRow;
  readonly settlement: Settlement;
  /** The remote system's words, sealed. */
  readonly message: Buffer | null;
}

/**
 * Ends effects: effect, attempt, the owner's fact and `due_at = now()` in one transaction. Success is accepted from any attempt,
 * however late; failure or doubt only from the claim that is current. `done` never changes: a second external id is an incident.
 * Answers, in the order asked, who ended its effect.
 */
export async function settleEffects(tx: Tx, ports: SettlePorts, asked: readonly AskedSettlement[]): Promise<boolean[]> {
  const first = firstOfEach(asked, ({ settlement }) => settlement.effectId);
  const settled = await settleEach(tx, ports, [...first.values()]);
  const later = asked.filter((one) => first.get(one.settlement.effectId) !== one);
  const others = later.length > 0 ? await settleEffects(tx, ports, later) : [];
  return asked.map((one) => settled.get(one) ?? others[later.indexOf(one)] ?? false);
}

/** Each of another effect. */
async function settleEach(
  tx: Tx,
  ports: SettlePorts,
  asked: readonly AskedSettlement[],
): Promise<Map<AskedSettlement, boolean>> {
  const owners = await lockOwners(
    tx,
    asked.map(({ owner }) => owner),
  );
  const effects = await lockEffects(
    tx,
    asked.map(({ settlement }) => settlement.effectId),
  );
  const found = asked.flatMap((one) => {
    const [owner, effect] = [owners.get(one.owner.id), effects.get(one.settlement.effectId)];
    return owner && effect ? [{ one, owner, effect }] : [];
  });
  const messages = await sealMessages(tx, ports.sealer, found);
  const endings = found.map(({ one, owner, effect }, index): Ending => {
    return { owner, effect, settlement: one.settlement, message: messages[index] ?? null };
  });
  await endAttempts(tx, endings.flatMap(attemptOf));
  for (const ending of endings) if (ending.effect.state === "done") await reportDouble(tx, ports, ending);
  const accepted = endings.filter(({ effect, settlement }) => mayEnd(effect, settlement));
  await writeEffects(tx, accepted);
  // Whoever is over keeps what it was; what came late stands on the effect.
  await tellOwners(
    tx,
    ports.sealer,
    accepted.map(({ owner, effect, settlement }) => ({ owner, fact: settledFact(effect, settlement) })),
  );
  const ended = new Set(accepted.map(({ effect }) => effect.id));
  return new Map(asked.map((one) => [one, ended.has(one.settlement.effectId)]));
}

/**
 * Success is taken from anybody; failure or doubt without an attempt only from the driver: it may end as failed what was never sent, and
 * as ambiguous what it gave up on.
 */
function mayEnd(effect: EffectRow, { attempt, state }: Settlement): boolean {
  if (effect.state === "done") return false;
  if (state === "done") return true;
  if (effect.state === "failed" || effect.state === "ambiguous") return false;
  if (attempt) return effect.token === attempt.token;
  return effect.state === (state === "failed" ? "intent" : "sending");
}

async function reportDouble(tx: Tx, ports: SettlePorts, { owner, effect, settlement }: Ending): Promise<void> {
  if (settlement.state !== "done" || settlement.externalId === effect.external_id) return;
  await ports.incident(tx, {
    workspaceId: owner.workspaceId,
    kind: "effect_doubled",
    about: { kind: owner.kind, id: owner.id },
    nodeId: effect.node_id,
    code: `${effect.external_id} and ${settlement.externalId}`,
  });
}

async function writeEffects(tx: Tx, endings: readonly Ending[]): Promise<void> {
  if (endings.length === 0) return;
  await sql`${unanswered}
    update effect set
      state = ended.state, external_id = ended.external_id, url = ended.url, code = ended.code, message = ended.message,
      claimed_until = null, not_before = null, settled_at = lw_now()
    from ${rowsAs("ended", endings, {
      id: ["uuid", ({ effect }) => effect.id],
      state: ["text", ({ settlement }) => settlement.state],
      external_id: ["text", ({ settlement }) => settlement.externalId],
      url: ["text", ({ settlement }) => settlement.url],
      code: ["text", ({ settlement }) => settlement.code],
      message: ["bytea", ({ message }) => message],
    })}
    where effect.id = ended.id`.execute(tx);
}

function settledFact(effect: EffectRow, settlement: Settlement): NewFact {
  const sealed = {
    ...(Object.keys(settlement.secretOutput).length > 0 && { output: settlement.secretOutput }),
    ...(settlement.message !== null && { message: settlement.message }),
  };
  return {
    kind: "settled",
    nodeId: effect.node_id,
    data: {
      slot: effect.slot,
      iteration: effect.iteration,
      effectId: effect.id,
      state: settlement.state,
      code: settlement.code,
      externalId: settlement.externalId,
      url: settlement.url,
      output: { ...settlement.clearOutput },
    },
    ...(Object.keys(sealed).length > 0 && { sealed }),
  };
}

export interface Postponement {
  readonly effectId: string;
  readonly token: string;
  readonly outcome: AttemptOutcome;
  readonly code: string | null;
  readonly message: string | null;
  /** Wait before the next try, from now. */
  readonly waitMs: number;
  /** It may have been applied, or an earlier attempt may have been: it stays `sending`, with a lapsed claim. */
  readonly inDoubt: boolean;
  /** Retry-After holds this scope for every worker. */
  readonly hold: { readonly scope: string; readonly forMs: number } | null;
}

/** Puts an effect back after an attempt that did not end it. Only the current claim may. */
export async function postponeEffect(tx: Tx, sealer: Sealer, ref: OwnerRef, postponement: Postponement): Promise<void> {
  const owner = await lockOwner(tx, ref);
  const effect = await lockEffect(tx, postponement.effectId);
  if (!owner || !effect) return;
  const { inDoubt, waitMs, code, hold } = postponement;
  const [message = null] = await sealMessages(tx, sealer, [{ one: { settlement: postponement }, owner, effect }]);
  await endAttempts(tx, [{ ...postponement, message }]);
  if (effect.state !== "sending" || effect.token !== postponement.token) return;
  const now = await databaseNow(tx);
  const doubt_since = inDoubt ? (effect.doubt_since ?? effect.first_sending_at) : null;
  await putBack(tx, { id: effect.id, doubt_since, not_before: new Date(now.getTime() + waitMs), code, message });
  if (hold && effect.connection_id) await holdSlot(tx, effect.connection_id, hold.scope, hold.forMs);
}

/** None where no attempt speaks for it. */
const attemptOf = ({ settlement: { effectId, attempt, code }, message }: Ending): AttemptEnded[] =>
  attempt ? [{ effectId, ...attempt, code, message }] : [];

interface Worded {
  readonly one: { readonly settlement: { readonly message: string | null } };
  readonly owner: Owner;
  readonly effect: EffectRow;
}

const sealMessages = (tx: Tx, sealer: Sealer, worded: readonly Worded[]): Promise<(Buffer | null)[]> =>
  sealer.seal(
    tx,
    worded.map(({ one, owner, effect }) => ({
      subjectId: owner.subjectId,
      place: messagePlace(effect.id),
      value: one.settlement.message,
    })),
  );
