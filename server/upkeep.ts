import type { Background } from "../workflows/background.js";
import { startChainer } from "./audit/chainer.js";
import { createHeadSigner } from "./audit/head-signer.js";
import { auditHeadsFile, tombstonesFile } from "./config.js";
import { startForgottenReleaser } from "./connections/release.js";
import { startEraser } from "./erasure/eraser.js";
import { createTombstones, type Tombstones } from "./erasure/tombstones.js";
import { startDoubleSweeper } from "./execution/sweep-doubles.js";
import { startNotingMentions } from "./people/note-earlier-mentions.js";
import { createSigner } from "./privacy/signer.js";
import { startRetention } from "./retention/sweep.js";
import type { Runtime } from "./runtime.js";

/** What every worker sees to beside the runs. Any number of them may: each turn takes what nobody else has in hand. */
export function startUpkeep(runtime: Runtime): Background[] {
  const { config, db, ports, vault, kek, actions, findConnector, log, onError } = runtime;
  const { timing } = config;
  const { installationId } = runtime.installation;
  const signer = createHeadSigner(kek.seed("audit-head"));
  return [
    startDoubleSweeper({ db, ports, vault, installationId, actions, timing, onError }),
    startForgottenReleaser({ db, findConnector, everyMs: timing.sweepEveryMs, onError }),
    startEraser({
      ...{ db, ports, vault, onError, everyMs: timing.sweepEveryMs },
      action: runtime.findAction,
      tombstones: tombstonesOf(runtime),
      signer: createSigner(kek.seed("erasure-receipt")),
      deleteExecution: (runId) => runtime.temporal.forget({ kind: "run", id: runId }),
    }),
    startNotingMentions({ db, vault, everyMs: timing.sweepEveryMs, onError }),
    startRetention({ db, vault, everyMs: timing.sweepEveryMs, onError }),
    startChainer({ db, signer, headsFile: auditHeadsFile(config), log, onError }),
  ];
}

export const tombstonesOf = ({ config, kek, log }: Pick<Runtime, "config" | "kek" | "log">): Tombstones =>
  createTombstones(tombstonesFile(config), kek.seed("tombstone"), (torn) =>
    log.warn(torn, "A line of the file of erasures was torn by a crash and is passed over. It may be removed"),
  );
