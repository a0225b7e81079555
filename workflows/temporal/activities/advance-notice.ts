import { sql } from "kysely";
import type { Command, RunView } from "../../flow/commands.js";
import { ledgerMoment } from "../../ledger/clock.js";
import { effectsOf, isOpen, type EffectRow } from "../../ledger/effect-store.js";
import { lockNotice } from "../../ledger/owner.js";
import type { LedgerTables } from "../../ledger/tables.js";
import { transact } from "../../ledger/transact.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import { giveUp } from "./give-up.js";
import { NO_DRIVER, dueAtOf, nextOf, type Picture } from "./next.js";

export interface AdvanceNoticeActivities {
  advanceNotice(noticeId: string, gaveUp: readonly string[]): Promise<ReturnType<typeof nextOf>>;
}

/** A notice has nothing to plan: it is over when its effects are. */
export const createAdvanceNotice = (dependencies: AdvanceDependencies): AdvanceNoticeActivities => ({
  async advanceNotice(noticeId, gaveUp) {
    const { db, ports, timing } = dependencies;
    const owner = { kind: "notice", id: noticeId } as const;
    await giveUp(dependencies, owner, gaveUp);
    return transact(db, async (tx) => {
      const notice = await lockNotice(tx, noticeId);
      if (!notice || notice.finished_at) return NO_DRIVER;
      const effects = await effectsOf(tx, owner);
      const ids = effects.flatMap(({ connection_id }) => (connection_id ? [connection_id] : []));
      const connections = ids.length > 0 ? await ports.connectionBriefs(tx, ids) : [];
      const picture: Picture = {
        ...(await ledgerMoment(tx)),
        view: viewOf(effects),
        commands: open(effects),
        effects,
        connections,
      };
      const over = picture.commands.length === 0;
      await tx
        .withTables<LedgerTables>()
        .updateTable("notice")
        .set({
          driven: true,
          due_at: dueAtOf(picture, timing) ?? sql<Date>`'infinity'::timestamptz`,
          finished_at: over ? picture.now : null,
        })
        .where("id", "=", noticeId)
        .execute();
      return nextOf(picture, timing);
    });
  },
});

const open = (effects: readonly EffectRow[]): Command[] =>
  effects.filter(isOpen).map(({ id, node_id, slot, iteration, closing }) => ({
    kind: "perform",
    nodeId: node_id,
    slot,
    iteration,
    effectId: id,
    closing,
    lookUpOnly: false,
  }));

const viewOf = (effects: readonly EffectRow[]): RunView => ({
  state: open(effects).length === 0 ? "finished" : "running",
  outcome: null,
  steps: {},
});
