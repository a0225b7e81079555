import { actionRef } from "../../integrations/index.js";
import type { Action, Found } from "../../integrations/connector.js";
import { ownerRefOf, requestPlace, type EffectRow } from "../../workflows/ledger/effect-store.js";
import { firstSentAt, lookBackFrom } from "../../workflows/ledger/look-back.js";
import { standsStill } from "../../workflows/ledger/restore.js";
import { BARE, settleEffect } from "../../workflows/ledger/settle.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import { runInBackground, type Background } from "../../workflows/background.js";
import type { Db, Tx } from "../db/database.js";
import { storeNotice, type NoticeToStore } from "../notices/store-notice.js";
import type { Vault } from "../privacy/vault.js";
import { endSweep, takeDue, type Swept } from "./sweep-store.js";

export interface DoubleSweepDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly vault: Vault;
  readonly installationId: string;
  readonly actions: readonly Action[];
  readonly timing: { readonly doubtScale: number; readonly sweepEveryMs: number; readonly deadlineCapMs: number };
  readonly onError: (error: unknown) => void;
}

type Sweepable = Action & { readonly doubles: NonNullable<Action["doubles"]> };

/**
 * Looks once more for what was sent again in doubt, when a search that showed nothing at the time would show it. Each look is an
 * attempt of its effect, so the run page shows it; a double opens the incident that a second external id opens, and every younger copy
 * is marked by an effect of its own.
 */
export const startDoubleSweeper = (own: DoubleSweepDependencies): Background => {
  const swept = own.actions.filter((action): action is Sweepable => action.doubles !== undefined);
  return runInBackground({
    everyMs: own.timing.sweepEveryMs,
    onError: own.onError,
    turn: async () => {
      if (await standsStill(own.db)) return false;
      for (const action of swept) await sweepAll(own, action);
      return false;
    },
  });
};

async function sweepAll(own: DoubleSweepDependencies, action: Sweepable): Promise<void> {
  const afterMs = action.doubles.afterMs * own.timing.doubtScale;
  const due = await transact(own.db, (tx) => takeDue(tx, own.ports, { ref: actionRef(action), afterMs }));
  for (const one of due) await sweep(own, action, one).catch(own.onError);
}

async function sweep(own: DoubleSweepDependencies, action: Sweepable, swept: Swept): Promise<void> {
  const found = await lookAgain(own, action, swept).catch((error: unknown): Found => {
    own.onError(error);
    return { kind: "inconclusive", reason: "The look-up failed" };
  });
  await transact(own.db, async (tx) => {
    if (found.kind === "found") await report(tx, own, { action, effect: swept.effect, found });
    await endSweep(tx, swept, found.kind === "found" ? "done" : "inconclusive");
  });
}

async function lookAgain(own: DoubleSweepDependencies, action: Action, { effect, at }: Swept): Promise<Found> {
  const { db, ports, timing } = own;
  const [request] = await ports.sealer.open(db, [{ sealed: effect.request, place: requestPlace(effect.id) }]);
  if (!request || request.erased || !action.find)
    return { kind: "inconclusive", reason: "There is nothing to ask for" };
  const [connection] = await ports.openConnections(db, [effect.connection_id]);
  if (!connection) return { kind: "inconclusive", reason: "The connection is not to be used now" };
  const deadlineMs = Math.min(action.deadlineMs, timing.deadlineCapMs);
  return action.find(request.value, {
    connection,
    key: effect.key,
    signal: AbortSignal.timeout(deadlineMs),
    deadlineMs,
    since: lookBackFrom(effect),
    lastSentAt: effect.settled_at ?? firstSentAt(effect),
    now: at,
  });
}

interface Looked {
  readonly action: Sweepable;
  readonly effect: EffectRow;
  readonly found: Extract<Found, { kind: "found" }>;
}

async function report(tx: Tx, own: DoubleSweepDependencies, { action, effect, found }: Looked): Promise<void> {
  const { sent, doubled = [] } = found;
  const others = [sent.externalId, ...doubled].filter((id) => id !== effect.external_id);
  for (const externalId of others)
    await settleEffect(tx, own.ports, ownerRefOf(effect), { ...BARE, state: "done", effectId: effect.id, externalId });
  for (const younger of doubled) {
    const input = action.doubles.requestFor({ kept: sent.externalId, younger });
    await storeNotice(tx, own, markOf(effect, { action: action.doubles.markWith, input }));
  }
}

/** Its owner is a notice, because the run may be over. */
const markOf = (effect: EffectRow, mark: Pick<NoticeToStore["effect"], "action" | "input">): NoticeToStore => ({
  workspaceId: effect.workspace_id,
  kind: "double_marked",
  about: { kind: "effect", id: effect.id },
  effect: { nodeId: "mark", connectionId: effect.connection_id, ...mark },
});
