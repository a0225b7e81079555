import type { Zones } from "../../flow/catalogue.js";
import type { Db } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";
import type { Timing } from "./next.js";

export interface AdvanceDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly installationId: string;
  readonly zones: Zones;
  readonly timing: Timing;
}
