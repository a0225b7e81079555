import { ApplicationFailure } from "@temporalio/common";
import { sql } from "kysely";
import type { Action } from "../../integrations/connector.js";
import type { PlannedEffect } from "../flow/evaluate.js";
import type { EffectRow } from "../ledger/effect-store.js";
import type { RunRow } from "../ledger/run-store.js";
import type { Db } from "../ledger/tx.js";
import { createPerform } from "../temporal/activities/perform.js";
import { timingSchema, type ExecutionTiming } from "../temporal/timing.js";
import { createFakePorts } from "./fake-ports.js";
import { anEffect, findEffect } from "./ledger-rows.js";

/** Tries of single effects on a real ledger, one after the other, as the activity makes them. */
export function createPerforming(db: Db, action: Action, given: Partial<ExecutionTiming> = {}) {
  const ports = createFakePorts();
  const timing = timingSchema.parse({ settleMs: 0, ...given });
  return {
    ports,
    plan: (run: RunRow, difference: Partial<PlannedEffect> = {}): Promise<string> => {
      const planned = { action: "http.request@1", connectionId: null, input: { url: "https://example.com" } };
      return anEffect(db, ports.sealer, run, { ...planned, ...difference });
    },
    /** One try, as soon as it may be made. Answers what it came to; what Temporal would retry is as good as an answer. */
    async perform(effectId: string, through: Db = db): Promise<EffectRow> {
      await sql`update effect set not_before = null where id = ${effectId}`.execute(db);
      const dependencies = { db: through, ports, action: () => action, ratesOf: () => ({}), timing };
      await createPerform(dependencies)
        .perform(effectId)
        .catch((error: unknown) => {
          if (!(error instanceof ApplicationFailure)) throw error;
        });
      const effect = await findEffect(db, effectId);
      if (!effect) throw new Error("the effect is gone");
      return effect;
    },
  };
}

/** As a worker leaves it that died in the middle. */
export const lapse = (db: Db, effectId: string) =>
  sql`update effect set claimed_until = lw_now() - interval '1 second' where id = ${effectId}`.execute(db);
