import { claimEffects, type AskedClaim, type Claim } from "../../ledger/claim.js";
import { findEffects, type EffectRow } from "../../ledger/effect-store.js";
import { shared } from "../../ledger/shared.js";
import { settleEffects, type AskedSettlement } from "../../ledger/settle.js";
import { transact } from "../../ledger/transact.js";
import type { Db } from "../../ledger/tx.js";
import type { ExecutionPorts, OpenedConnection } from "../../ports.js";

/** What one attempt asks of the database. Attempts that are under way at once share their questions and their transactions. */
export interface EffectLedger {
  find(effectId: string): Promise<EffectRow | null>;
  /** Null where it is not to be used now. */
  connection(id: string | null): Promise<OpenedConnection | null>;
  claim(asked: AskedClaim): Promise<Claim>;
  /** Whether it ended its effect. */
  settle(asked: AskedSettlement): Promise<boolean>;
}

export const createEffectLedger = ({ db, ports }: { db: Db; ports: ExecutionPorts }): EffectLedger => ({
  find: shared((ids: readonly string[]) => findEffects(db, ids)),
  connection: shared((ids: readonly (string | null)[]) => ports.openConnections(db, ids)),
  claim: shared((asked: readonly AskedClaim[]) => transact(db, (tx) => claimEffects(tx, asked))),
  settle: shared((asked: readonly AskedSettlement[]) => transact(db, (tx) => settleEffects(tx, ports, asked))),
});
