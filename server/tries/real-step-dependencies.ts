import type { Sealer } from "../../workflows/ports.js";
import type { Db, Reader } from "../db/database.js";
import type { Envelope } from "../privacy/envelope.js";
import type { TryDependencies } from "./try-service.js";

export interface RealStepDependencies extends TryDependencies {
  readonly db: Db;
  readonly envelope: Envelope;
  readonly sealer: Sealer;
  readonly installationId: string;
  /** Names of members and tokens, by id. */
  readonly names: (reader: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Called after commit: a run waits to be driven. */
  readonly onRunQueued: (workspaceId: string, runId: string) => void;
}
