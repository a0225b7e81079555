import { sql } from "kysely";
import type { Tx } from "../db/database.js";

const nameOf = (workspaceId: string): string => `legal hold of ${workspaceId}`;

/** For what deletes: no hold is placed until it has ended. The first lock of its transaction. */
export const keepHolds = (tx: Tx, workspaceId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock_shared(hashtextextended(${nameOf(workspaceId)}, 0))`.execute(tx);

/** For who places a hold: what is being deleted has ended, and once the hold is answered nothing goes. */
export const changeHolds = (tx: Tx, workspaceId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${nameOf(workspaceId)}, 0))`.execute(tx);
