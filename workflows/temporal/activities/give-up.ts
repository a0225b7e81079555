import { barredCode, findEffects, isBarred, isOpen, type EffectRow } from "../../ledger/effect-store.js";
import { ownerOfRun, type OwnerRef } from "../../ledger/owner.js";
import { BARE, settleEffect } from "../../ledger/settle.js";
import { transact } from "../../ledger/transact.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import type { Snapshot } from "./snapshot.js";

/** Ends effects that Temporal gave up on: failed, unless a claim of it never settled, for then nobody knows. */
export async function giveUp(
  dependencies: AdvanceDependencies,
  owner: OwnerRef,
  effectIds: readonly string[],
): Promise<void> {
  if (effectIds.length === 0) return;
  for (const effect of await findEffects(dependencies.db, effectIds))
    if (effect && isOpen(effect)) await endWithoutAttempt(dependencies, owner, { effect, code: "gave_up" });
}

/** What was never sent and may not be any more (the run was cancelled, or went past it) ends unsent. True when anything changed. */
export async function dropUnsent(dependencies: AdvanceDependencies, { run, effects }: Snapshot): Promise<boolean> {
  const unsent = effects.filter((effect) => effect.state === "intent" && isBarred(ownerOfRun(run), effect));
  const dropped = [];
  for (const effect of unsent)
    dropped.push(
      await endWithoutAttempt(dependencies, { kind: "run", id: run.id }, { effect, code: barredCode(ownerOfRun(run)) }),
    );
  return dropped.some(Boolean);
}

/** The code of an effect whose request nobody may see any more. */
export const ERASED = "erased";

export async function endWithoutAttempt(
  { db, ports }: Pick<AdvanceDependencies, "db" | "ports">,
  owner: OwnerRef,
  { effect, code }: { effect: EffectRow; code: string },
): Promise<boolean> {
  return transact(db, (tx) =>
    settleEffect(tx, ports, owner, {
      ...BARE,
      effectId: effect.id,
      state: effect.state === "sending" ? "ambiguous" : "failed",
      code,
    }),
  );
}
