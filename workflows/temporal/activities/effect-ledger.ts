import type { OpenConnection } from "../../../integrations/connector.js";
import { claimEffects, type AskedClaim, type Claim } from "../../ledger/claim.js";
import { isDatabaseAway } from "../../ledger/database-away.js";
import { findEffects, type EffectRow } from "../../ledger/effect-store.js";
import { createGroupCommit } from "../../ledger/group-commit.js";
import { settleEffects, type AskedSettlement } from "../../ledger/settle.js";
import { transact } from "../../ledger/transact.js";
import type { Db } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";

/** What one attempt asks of the database. Attempts that are under way at once share their questions and their transactions. */
export interface EffectLedger {
  find(effectId: string): Promise<EffectRow | null>;
  /** Null where it is not to be used now. */
  connection(id: string | null): Promise<OpenConnection | null>;
  claim(asked: AskedClaim): Promise<Claim>;
  /** Whether it ended its effect. */
  settle(asked: AskedSettlement): Promise<boolean>;
}

const LIMITS = { maxBatch: 100, maxInFlight: 1, maxWaiting: 10_000 } as const;

export function createEffectLedger({ db, ports }: { db: Db; ports: ExecutionPorts }): EffectLedger {
  const shared = { ...LIMITS, isItemsFault: (error: unknown) => !isDatabaseAway(error) };
  const found = createGroupCommit({ ...shared, flush: (ids: readonly string[]) => findEffects(db, ids) });
  const connections = createGroupCommit({
    ...shared,
    flush: (ids: readonly (string | null)[]) => ports.openConnections(db, ids),
  });
  const claims = createGroupCommit({
    ...shared,
    flush: (asked: readonly AskedClaim[]) => transact(db, (tx) => claimEffects(tx, asked)),
  });
  const settlements = createGroupCommit({
    ...shared,
    flush: (asked: readonly AskedSettlement[]) => transact(db, (tx) => settleEffects(tx, ports, asked)),
  });
  return { find: found.submit, connection: connections.submit, claim: claims.submit, settle: settlements.submit };
}
