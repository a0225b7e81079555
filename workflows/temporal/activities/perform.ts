import { randomUUID } from "node:crypto";
import { ApplicationFailure } from "@temporalio/common";
import type { Action, Found, RateLimit } from "../../../integrations/connector.js";
import { ConnectorError } from "../../../integrations/outcome.js";
import { connectorOfAction } from "../../flow/action-name.js";
import { renewClaim, type Claim, type ClaimRequest } from "../../ledger/claim.js";
import { ownerRefOf, requestPlace, type EffectRow } from "../../ledger/effect-store.js";
import { lookBackFrom } from "../../ledger/look-back.js";
import type { SlotScope } from "../../ledger/rate-slots.js";
import { transact } from "../../ledger/transact.js";
import type { Db, Reader } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";
import type { ExecutionTiming } from "../timing.js";
import type { Attempt } from "./attempt.js";
import { createEffectLedger, type EffectLedger } from "./effect-ledger.js";
import { endWithoutAttempt, ERASED } from "./give-up.js";
import { createSettler, type Settler } from "./settler.js";

export interface PerformDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly action: (ref: string) => Action | undefined;
  readonly ratesOf: (connector: string) => Readonly<Record<string, RateLimit>>;
  readonly timing: ExecutionTiming;
}

/** One try of one effect. Answers how long the remote system took, milliseconds: 0 where it was not asked. */
export interface Performer {
  perform(effectId: string): Promise<number>;
  /** As it was planned a moment ago. */
  performPlanned(effect: EffectRow): Promise<number>;
}

export function createPerform(dependencies: PerformDependencies): Performer {
  const ledger = createEffectLedger(dependencies);
  const performPlanned = (effect: EffectRow): Promise<number> => performEffect({ ...dependencies, ledger }, effect);
  return {
    performPlanned,
    async perform(effectId) {
      const effect = await ledger.find(effectId);
      return effect ? performPlanned(effect) : 0;
    },
  };
}

interface Performing extends PerformDependencies {
  readonly ledger: EffectLedger;
}

/**
 * One try of one effect: claim, look up if an earlier try may have been applied, send, settle. It returns normally when the
 * effect settled or must wait for something that is not a failure; it throws what Temporal retries. What it throws holds a
 * class, a code and the effect's id, nothing else.
 */
async function performEffect(dependencies: Performing, effect: EffectRow): Promise<number> {
  const { db, ports, ledger } = dependencies;
  const effectId = effect.id;
  const action = dependencies.action(effect.action);
  if (!action) throw failure("unknown_action", effectId);
  // Before the claim: a connection that does not open leaves nothing in doubt.
  const connection = await ledger.connection(effect.connection_id);
  if (!connection) return 0;
  const [input] = await ports.sealer.open(db, [{ sealed: effect.request, place: requestPlace(effectId) }]);
  const owner = ownerRefOf(effect);
  // Nobody may see the request any more: it ends as what it was, and advance ends the run.
  if (!input || input.erased) {
    await endWithoutAttempt(dependencies, owner, { effect, code: ERASED });
    return 0;
  }
  const { timing } = dependencies;
  const deadlineMs = Math.min(action.deadlineMs, timing.deadlineCapMs);
  const request: ClaimRequest = {
    effectId,
    token: randomUUID(),
    claimMs: deadlineMs + timing.claimMarginMs,
    slots: slotsOf(dependencies, action, input.value),
  };
  const claim = await ledger.claim({ owner, request });
  if (claim.kind === "later" || claim.kind === "settled") return 0;
  if (claim.kind === "withheld") {
    await endWithoutAttempt(dependencies, owner, { effect, code: claim.code });
    return 0;
  }
  if (claim.kind === "expired") throw failure("gave_up", effectId);
  const attempt: Attempt = {
    owner,
    effect: claim.effect,
    token: request.token,
    action,
    input: input.value,
    connection,
    deadlineMs,
  };
  const settler = createSettler(dependencies, attempt);
  return carryOut({ dependencies, settler, attempt, request }, claim);
}

type LookUpClaim = Extract<Claim, { kind: "look-up" }>;

interface Work {
  readonly dependencies: Performing;
  readonly settler: Settler;
  readonly attempt: Attempt;
  readonly request: ClaimRequest;
}

async function carryOut(work: Work, claim: Extract<Claim, { kind: "send" | "look-up" }>): Promise<number> {
  if (claim.kind === "send") return send(work, claim.clockMs);
  const found = await lookUp(work, claim);
  if (!found || !(await isToBeSent(work, found, claim))) return 0;
  const { db, ports } = work.dependencies;
  const renewed = await transact(db, async (tx) => {
    const paused = await isPaused(ports, tx, work.attempt.effect);
    return renewClaim(tx, work.attempt.owner, { ...work.request, provedAbsent: found.kind === "absent", paused });
  });
  if (!renewed) return 0;
  const attempt = { ...work.attempt, effect: renewed.effect };
  return send({ ...work, attempt, settler: createSettler(work.dependencies, attempt) }, renewed.clockMs);
}

/** Either clock refuses: one of them does not see a suspended machine, the other may have been set back. */
async function send({ attempt, settler, dependencies }: Work, clockMs: LookUpClaim["clockMs"]): Promise<number> {
  const claim = { stale: false };
  const aboutToSend = (): void => {
    const elapsedMs = Math.max(performance.now() - clockMs.steady, Date.now() - clockMs.wall);
    claim.stale = elapsedMs > dependencies.timing.sendWithinMs;
    if (claim.stale) throw new Error("the claim is too old to send");
  };
  const failed = (error: unknown): Promise<void> =>
    claim.stale
      ? settler.postpone({ code: "stale_claim", waitMs: 0, inDoubt: attempt.effect.doubt_since !== null })
      : settler.failed(toConnectorError(error));
  const call = async () => attempt.action.send(attempt.input, { ...callOf(attempt), aboutToSend });
  const from = performance.now();
  const settle = await call().then(
    (sent) => () => settler.done(sent),
    (error: unknown) => () => failed(error),
  );
  const callMs = performance.now() - from;
  await settle();
  return callMs;
}

/** Null when the look-up was refused and the connection now waits for a person. */
async function lookUp({ attempt, settler }: Work, { at: now, lastSentAt }: LookUpClaim): Promise<Found | null> {
  const { action, effect, input } = attempt;
  if (!action.find) return { kind: "inconclusive", reason: `${action.name} cannot be looked up` };
  try {
    return await action.find(input, { ...callOf(attempt), since: lookBackFrom(effect), lastSentAt, now });
  } catch (error) {
    await settler.lookUpFailed(toConnectorError(error));
    return null;
  }
}

/** Settles what the look-up clears up. True: nothing was applied, or its author takes the risk. */
async function isToBeSent(work: Work, found: Found, claim: LookUpClaim): Promise<boolean> {
  if (found.kind === "found") {
    await work.settler.done(found.sent);
    return false;
  }
  if (found.kind === "inconclusive" && !(await decideDoubt(work, found, claim))) return false;
  if (claim.mayOnlyLook === null) return true;
  const state = found.kind === "absent" ? "failed" : "ambiguous";
  await work.settler.end(state, { outcome: found.kind, code: claim.mayOnlyLook });
  return false;
}

/** An empty look-up that proves nothing: look again within the action's window, then the author's choice. True: send again. */
async function decideDoubt(
  { attempt, settler, dependencies }: Work,
  found: Extract<Found, { kind: "inconclusive" }>,
  { at, lastSentAt }: LookUpClaim,
): Promise<boolean> {
  const { effect, action } = attempt;
  // Each attempt that may have been applied gets the whole window.
  const waited = at.getTime() - Math.max((effect.doubt_since ?? at).getTime(), lastSentAt.getTime());
  const waitMs = nextLookUp(action, waited, dependencies.timing.doubtScale);
  if (waitMs !== null) {
    const again = {
      waitMs: found.retryAfterMs ?? waitMs,
      inDoubt: true,
      outcome: "inconclusive",
      message: found.reason,
    } as const;
    await settler.postpone({ code: "look_up_inconclusive", ...again });
    return false;
  }
  if (effect.on_ambiguous === "resend") return true;
  await settler.end("ambiguous", { outcome: found.kind, code: "look_up_inconclusive", message: found.reason });
  return false;
}

/** Wait before the next look-up, by the action's own schedule; null once its window is over. */
function nextLookUp({ doubt, find }: Action, waitedMs: number, scale: number): number | null {
  if (!doubt || !find || waitedMs >= doubt.windowMs * scale) return null;
  let at = 0;
  for (const wait of doubt.waitsMs) {
    at += wait * scale;
    if (at > waitedMs) return Math.max(at - waitedMs, 100);
  }
  return Math.max(doubt.windowMs * scale - waitedMs, 100);
}

/** A call in the air always settles within its deadline: cancelling a run ends the tries after it, not the call. */
const callOf = ({ connection, effect, deadlineMs }: Attempt) => ({
  connection,
  key: effect.key,
  signal: AbortSignal.timeout(deadlineMs),
  deadlineMs,
});

const toConnectorError = (error: unknown): ConnectorError =>
  error instanceof ConnectorError
    ? error
    : new ConnectorError({
        outcome: "AMBIGUOUS",
        code: "unexpected_error",
        message: error instanceof Error ? error.message : "the call failed in an unexpected way",
        cause: error,
      });

async function isPaused(ports: ExecutionPorts, reader: Reader, { connection_id }: EffectRow): Promise<boolean> {
  if (connection_id === null) return false;
  const [connection] = await ports.connectionBriefs(reader, [connection_id]);
  return connection?.state !== "ok";
}

function slotsOf({ ratesOf }: PerformDependencies, action: Action, input: unknown): SlotScope[] {
  const rates = ratesOf(connectorOfAction(action.name));
  const scopes = ["connection", ...action.scopes(input)];
  return scopes.flatMap((scope) => {
    const rate = rates[scope.split(":")[0] ?? ""];
    return rate ? [{ scope, intervalMs: rate.intervalMs }] : [];
  });
}

const failure = (code: string, effectId: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable("the effect cannot be performed", code, effectId);
