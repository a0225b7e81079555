import type { Action } from "../../../integrations/connector.js";
import type { EffectRow } from "../../ledger/effect-store.js";
import type { OwnerRef } from "../../ledger/owner.js";
import type { OpenedConnection } from "../../ports.js";

/** An attempt in hand: everything a send or a look-up needs. */
export interface Attempt {
  readonly owner: OwnerRef;
  readonly effect: EffectRow;
  readonly token: string;
  readonly action: Action;
  readonly input: unknown;
  readonly connection: OpenedConnection;
  readonly deadlineMs: number;
}
