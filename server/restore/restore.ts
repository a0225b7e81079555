import {
  acceptDatabase,
  nameRestorePoint,
  restorePoints,
  standsStill,
  type RestorePoint,
} from "../../workflows/ledger/restore.js";
import { transact } from "../../workflows/ledger/transact.js";
import { audit } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Db, Tx } from "../db/database.js";
import type { Log } from "../http/log.js";

/** What the health, the log and the command line say while nothing goes out. */
export const STANDS_STILL =
  "This database was restored, copied or moved, so nothing is sent. Say up to when the backup reaches: " +
  "npm run cli -- restore point 2026-05-04T12:00:00Z. What may have gone out since is then looked up first. " +
  "If nothing was lost (an upgrade, a move): npm run cli -- restore none.";

/** Who says so; audited like any other change. */
interface Speaker {
  readonly workspaceId: string;
  readonly installationId: string;
}

export const nameRestored = (db: Db, speaker: Speaker, reaches: Date): Promise<RestorePoint> =>
  transact(db, async (tx) => {
    const point = await nameRestorePoint(tx, reaches);
    await record(tx, speaker, "restore.point_named", { reaches: point.reaches.toISOString() });
    return point;
  });

export const nothingLost = (db: Db, speaker: Speaker): Promise<void> =>
  transact(db, async (tx) => {
    await acceptDatabase(tx);
    await record(tx, speaker, "restore.nothing_lost", {});
  });

const record = (tx: Tx, speaker: Speaker, action: AuditAction, data: Readonly<Record<string, string>>): Promise<void> =>
  audit(tx, {
    workspaceId: speaker.workspaceId,
    actor: { kind: "system", id: null },
    action,
    target: { kind: "installation", id: speaker.installationId },
    data,
  });

/** One line for a person. */
export async function restoreStatus(db: Db): Promise<string> {
  const points = (await restorePoints(db)).map(({ reaches, namedAt }) => {
    return `A backup that reaches ${reaches.toISOString()} was restored; named ${namedAt.toISOString()}.`;
  });
  return [(await standsStill(db)) ? STANDS_STILL : "Effects go out.", ...points].join("\n");
}

/** At a worker's start: who looks at the log should not wonder why nothing happens. */
export async function warnWhereStill(db: Db, log: Log): Promise<void> {
  if (await standsStill(db)) log.warn({}, STANDS_STILL);
}
