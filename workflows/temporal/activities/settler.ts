import { setTimeout as delay } from "node:timers/promises";
import { ApplicationFailure } from "@temporalio/common";
import type { Sent } from "../../../integrations/connector.js";
import type { ConnectorError } from "../../../integrations/outcome.js";
import { isDatabaseAway } from "../../ledger/database-away.js";
import { BARE, postponeEffect, type Postponement, type Settlement } from "../../ledger/settle.js";
import type { AttemptOutcome } from "../../ledger/tables.js";
import { transact } from "../../ledger/transact.js";
import type { Db } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";
import type { ExecutionTiming } from "../timing.js";
import type { Attempt } from "./attempt.js";
import type { EffectLedger } from "./effect-ledger.js";

/** Records how one attempt ended, and throws where Temporal should try again. */
export interface Settler {
  done(sent: Sent): Promise<void>;
  end(state: "failed" | "ambiguous", why: Ended): Promise<void>;
  /** The send failed; its class decides. */
  failed(error: ConnectorError): Promise<void>;
  /** The look-up itself failed: the doubt stays. */
  lookUpFailed(error: ConnectorError): Promise<void>;
  postpone(wait: Wait): Promise<void>;
}

interface Ended {
  readonly outcome: AttemptOutcome;
  readonly code: string;
  readonly message?: string | null;
}

interface Wait {
  readonly code: string;
  readonly waitMs: number;
  readonly inDoubt: boolean;
  readonly outcome?: AttemptOutcome;
  readonly message?: string;
  readonly hold?: Postponement["hold"];
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

export interface SettlerDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly timing: ExecutionTiming;
  readonly ledger: Pick<EffectLedger, "settle">;
}

export function createSettler(dependencies: SettlerDependencies, attempt: Attempt): Settler {
  const { timing, ledger } = dependencies;
  const { effect, owner, token } = attempt;
  const wasInDoubt = effect.doubt_since !== null;
  const postpone = (wait: Wait): Promise<void> => postponeAttempt(dependencies, attempt, wait);
  const refused = (error: ConnectorError, inDoubt: boolean): Promise<void> =>
    refuseAttempt(dependencies, attempt, { error, inDoubt });

  const settle = (outcome: AttemptOutcome, ending: Pick<Settlement, "state"> & Partial<Settlement>): Promise<boolean> =>
    ledger.settle({ owner, settlement: { ...BARE, ...ending, effectId: effect.id, attempt: { token, outcome } } });

  const end: Settler["end"] = async (state, { outcome, code, message = null }) => {
    await settle(outcome, { state, code, message });
  };

  return {
    async done(sent) {
      const [externalId, url] = [storable(sent.externalId), storable(sent.url)];
      await keptThrough(() => settle("done", { state: "done", externalId, url, ...outputsOf(attempt, sent) }));
    },
    end,
    postpone,
    async failed(error) {
      const { outcome, code, message, retryAfterMs } = error;
      if (outcome === "REJECTED")
        return end(wasInDoubt ? "ambiguous" : "failed", { outcome, code, message: describe(error) });
      if (outcome === "AUTH") return refused(error, wasInDoubt);
      const settleMs = outcome === "AMBIGUOUS" ? timing.settleMs : 0;
      const waitMs = Math.max(retryAfterMs ?? backoffMs(effect.attempts), settleMs);
      const hold = retryAfterMs === undefined ? null : { scope: error.scope ?? "connection", forMs: retryAfterMs };
      await postpone({ code, waitMs, inDoubt: wasInDoubt || outcome === "AMBIGUOUS", outcome, message, hold });
    },
    async lookUpFailed(error) {
      if (error.outcome === "AUTH") return refused(error, true);
      const waitMs = error.retryAfterMs ?? backoffMs(effect.attempts);
      await postpone({ code: error.code, waitMs, inDoubt: true, outcome: "inconclusive", message: error.message });
    },
  };
}

/** How long a known success outlives a database that is away, milliseconds: it is accepted however late. */
const KEEP_MS = 60_000;
const PAUSE_MS = 250;

/** What the remote system answered is known to us alone: it is not given up because the database was restarted. */
async function keptThrough(settle: () => Promise<unknown>): Promise<void> {
  const until = performance.now() + KEEP_MS;
  for (;;) {
    try {
      await settle();
      return;
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > until) throw error;
    }
    await delay(PAUSE_MS);
  }
}

/** PostgreSQL holds no NUL in a text; what was accepted is recorded without it. */
const storable = <Text extends string | null>(text: Text): Text | string =>
  text?.replaceAll("\u0000", "\ufffd") ?? text;

/** Puts the effect back and lets Temporal try again after the wait. */
async function postponeAttempt({ db, ports }: SettlerDependencies, attempt: Attempt, wait: Wait): Promise<void> {
  const { effect, owner, token } = attempt;
  const { code, waitMs, inDoubt, outcome = "TRANSIENT", message = null, hold = null } = wait;
  const postponement = { effectId: effect.id, token, outcome, code, message, waitMs, inDoubt, hold };
  await transact(db, (tx) => postponeEffect(tx, ports.sealer, owner, postponement));
  throw retryable(code, effect.id, waitMs);
}

/** The credentials were refused: the effect waits for its connection, which waits for a person. Nothing to retry, so it returns. */
async function refuseAttempt(
  { db, ports }: SettlerDependencies,
  { effect, owner, token, connection }: Attempt,
  { error, inDoubt }: { error: ConnectorError; inDoubt: boolean },
): Promise<void> {
  const { connection_id: connectionId, workspace_id: workspaceId } = effect;
  const { code, message } = error;
  const back = { effectId: effect.id, token, outcome: "AUTH", code, message, waitMs: 0, inDoubt, hold: null } as const;
  await transact(db, async (tx) => {
    await postponeEffect(tx, ports.sealer, owner, back);
    await connection.refused(tx, code);
  });
  if (connectionId) ports.changed(workspaceId, "connection", [connectionId]);
}

/** Exponential, 1 s to 60 s, as the retry policy of the activity. */
export const backoffMs = (attempts: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1), LONGEST_RETRY_MS);

/** Splits an action's output by its declared classes; what it did not declare is secret. */
function outputsOf({ action }: Attempt, { output }: Sent) {
  const clear = Object.entries(output).filter(([name]) => action.output[name]?.dataClass === "clear");
  const secret = Object.entries(output).filter(([name]) => action.output[name]?.dataClass !== "clear");
  return {
    clearOutput: Object.fromEntries(clear.map(([name, value]) => [name, toClear(value)])),
    secretOutput: Object.fromEntries(secret),
  };
}

const toClear = (value: unknown): string | number | boolean | null =>
  typeof value === "string" ? storable(value) : typeof value === "number" || typeof value === "boolean" ? value : null;

const describe = (error: ConnectorError): string =>
  [error.message, ...Object.entries(error.fields).map(([field, message]) => `${field}: ${message}`)].join("\n");

const retryable = (code: string, effectId: string, waitMs: number): ApplicationFailure =>
  ApplicationFailure.create({
    message: "the effect will be tried again",
    type: code,
    nonRetryable: false,
    details: [effectId],
    // Zero would mean "by the policy".
    nextRetryDelay: Math.max(waitMs, 1),
  });
