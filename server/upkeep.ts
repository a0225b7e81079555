import type { Background } from "../workflows/background.js";
import { startChainer } from "./audit/chainer.js";
import { createHeadSigner } from "./audit/head-signer.js";
import { auditHeadsFile, tombstonesFile } from "./config.js";
import { startForgottenReleaser } from "./connections/release.js";
import { startEmployeeGrouper } from "./employees/employee-groups.js";
import { startEraser } from "./erasure/eraser.js";
import { createTombstones, type Tombstones } from "./erasure/tombstones.js";
import { startUseCounter } from "./oversight/count-use.js";
import { startDoubleSweeper } from "./execution/sweep-doubles.js";
import { tombstoneSeed } from "./keys/installation-keys.js";
import { startNotingMentions } from "./people/note-earlier-mentions.js";
import { createSigner } from "./privacy/signer.js";
import { startRetention } from "./retention/sweep.js";
import type { Runtime } from "./runtime.js";
import { startScheduleKeeper } from "./starts/keep-schedules.js";
import { startWordCopier } from "./search/copy-words.js";

/** What every worker sees to beside the runs. Any number of them may: each turn takes what nobody else has in hand. */
export async function startUpkeep(runtime: Runtime): Promise<Background[]> {
  const { config, db, ports, vault, kek, actions, findConnector, log, onError } = runtime;
  const { timing } = config;
  const { installationId } = runtime.installation;
  const signer = () => createHeadSigner(kek.seed("audit-head"));
  return [
    startDoubleSweeper({ db, ports, vault, installationId, actions, timing, onError }),
    startForgottenReleaser({ db, findConnector, everyMs: timing.sweepEveryMs, onError }),
    startEraser({
      ...{ db, ports, vault, onError, everyMs: timing.sweepEveryMs },
      action: runtime.findAction,
      tombstones: await tombstonesOf(runtime),
      signer: createSigner(kek.seed("erasure-receipt")),
      deleteExecution: (runId) => runtime.temporal.forget({ kind: "run", id: runId }),
    }),
    startWordCopier({ db, vault, everyMs: timing.sweepEveryMs, onError }),
    startEmployeeGrouper({
      ...{ db, onError, everyMs: timing.sweepEveryMs },
      changed: (workspaceId) => runtime.live.changed(workspaceId, "feedback", []),
    }),
    startScheduleKeeper({
      ...{ db, installationId, onError, everyMs: timing.sweepEveryMs },
      schedules: runtime.temporal.schedules,
    }),
    startUseCounter({ db, onError }),
    startNotingMentions({ db, vault, everyMs: timing.sweepEveryMs, onError }),
    startRetention({ db, vault, everyMs: timing.sweepEveryMs, onError }),
    startChainer({ db, signer, headsFile: auditHeadsFile(config), log, onError }),
  ];
}

type Kept = Pick<Runtime, "config" | "db" | "kek" | "log">;

export const tombstonesOf = async ({ config, db, kek, log }: Kept): Promise<Tombstones> =>
  createTombstones(tombstonesFile(config), await tombstoneSeed(db, kek), (torn) =>
    log.warn(torn, "A line of the file of erasures was torn by a crash and is passed over. It may be removed"),
  );
