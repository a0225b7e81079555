import type { NewFact } from "../flow/facts.js";
import type { ExecutionPorts, Sealer } from "../ports.js";
import { endAttempt } from "./attempts.js";
import { databaseNow } from "./clock.js";
import { lockEffect, messagePlace, type EffectRow } from "./effect-store.js";
import { holdSlot } from "./rate-slots.js";
import { lockOwner, tellOwner, type Owner, type OwnerRef } from "./owner.js";
import type { AttemptOutcome, EffectState, LedgerTables } from "./tables.js";
import type { Tx } from "./tx.js";

type SettledState = Extract<EffectState, "done" | "failed" | "ambiguous">;
type ClearValue = string | number | boolean | null;

export interface Settlement {
  readonly effectId: string;
  /** Null: not an attempt but a person, a webhook or the driver says so. */
  readonly token: string | null;
  readonly state: SettledState;
  readonly outcome: AttemptOutcome;
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
  code: null,
  message: null,
  externalId: null,
  url: null,
  clearOutput: {},
  secretOutput: {},
} as const satisfies Partial<Settlement>;

type SettlePorts = Pick<ExecutionPorts, "sealer" | "incident">;

/**
 * Ends an effect: effect, attempt, its owner's fact and `due_at = now()` in one transaction. Success is accepted from any attempt,
 * however late; failure or doubt only from the claim that is current. `done` never changes: a second external id is an incident.
 */
export async function settleEffect(
  tx: Tx,
  ports: SettlePorts,
  ref: OwnerRef,
  settlement: Settlement,
): Promise<boolean> {
  const owner = await lockOwner(tx, ref);
  const effect = await lockEffect(tx, settlement.effectId);
  if (!owner || !effect) return false;
  await endOwnAttempt(tx, ports.sealer, { owner, effect, end: settlement });
  if (effect.state === "done") return reportDouble(tx, ports, { owner, effect, settlement });
  if (settlement.state !== "done" && !mayEnd(effect, settlement)) return false;
  await writeEffect(tx, ports.sealer, { owner, effect, settlement });
  // Whoever is over keeps what it was; what came late stands on the effect.
  await tellOwner(tx, ports.sealer, owner, settledFact(effect, settlement));
  return true;
}

/** Without a token only the driver speaks: it may end as failed what was never sent, and as ambiguous what it gave up on. */
function mayEnd(effect: EffectRow, { token, state }: Settlement): boolean {
  if (effect.state === "failed" || effect.state === "ambiguous") return false;
  return token === null ? effect.state === (state === "failed" ? "intent" : "sending") : effect.token === token;
}

async function reportDouble(
  tx: Tx,
  ports: SettlePorts,
  { owner, effect, settlement }: { owner: Owner; effect: EffectRow; settlement: Settlement },
): Promise<boolean> {
  if (settlement.state === "done" && settlement.externalId !== effect.external_id)
    await ports.incident(tx, {
      workspaceId: owner.workspaceId,
      kind: "effect_doubled",
      about: { kind: owner.kind, id: owner.id },
      nodeId: effect.node_id,
      code: `${effect.external_id} and ${settlement.externalId}`,
    });
  return false;
}

async function writeEffect(
  tx: Tx,
  sealer: Sealer,
  { owner, effect, settlement }: { owner: Owner; effect: EffectRow; settlement: Settlement },
): Promise<void> {
  await tx
    .withTables<LedgerTables>()
    .updateTable("effect")
    .set({
      state: settlement.state,
      external_id: settlement.externalId,
      url: settlement.url,
      code: settlement.code,
      message: await sealMessage(tx, sealer, { owner, effect, message: settlement.message }),
      claimed_until: null,
      not_before: null,
      settled_at: await databaseNow(tx),
    })
    .where("id", "=", effect.id)
    .execute();
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
  await endOwnAttempt(tx, sealer, { owner, effect, end: postponement });
  if (effect.state !== "sending" || effect.token !== postponement.token) return;
  const now = await databaseNow(tx);
  await tx
    .withTables<LedgerTables>()
    .updateTable("effect")
    .set({
      state: postponement.inDoubt ? "sending" : "intent",
      doubt_since: postponement.inDoubt ? (effect.doubt_since ?? effect.first_sending_at) : null,
      claimed_until: null,
      not_before: new Date(now.getTime() + postponement.waitMs),
      code: postponement.code,
      message: await sealMessage(tx, sealer, { owner, effect, message: postponement.message }),
    })
    .where("id", "=", effect.id)
    .execute();
  if (postponement.hold && effect.connection_id)
    await holdSlot(tx, effect.connection_id, postponement.hold.scope, postponement.hold.forMs);
}

async function endOwnAttempt(
  tx: Tx,
  sealer: Sealer,
  { owner, effect, end }: { owner: Owner; effect: EffectRow; end: Settlement | Postponement },
): Promise<void> {
  const { token, outcome, code } = end;
  if (token === null) return;
  const message = await sealMessage(tx, sealer, { owner, effect, message: end.message });
  await endAttempt(tx, { effectId: effect.id, token, at: await databaseNow(tx), outcome, code, message });
}

async function sealMessage(
  tx: Tx,
  sealer: Sealer,
  { owner, effect, message }: { owner: Owner; effect: EffectRow; message: string | null },
): Promise<Buffer | null> {
  if (message === null) return null;
  const [cell] = await sealer.seal(tx, [
    { subjectId: owner.subjectId, place: messagePlace(effect.id), value: message },
  ]);
  return cell ?? null;
}
