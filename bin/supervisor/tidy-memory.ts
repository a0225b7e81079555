import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const EVERY_MS = 20_000;
/** Part of the time in which the event loop has something to do. At rest ours stay far below. */
const IDLE = 0.05;

interface Tidying {
  /** Since it was asked last, from 0 to 1. */
  readonly utilization: () => number;
  readonly collect: () => void;
}

/**
 * V8 keeps garbage until it needs the room, which a process at rest never does: starting, or a busy hour, would leave a hundred megabytes
 * for ever. Each time the program has come to rest it is collected once, in a tenth of a second.
 */
export function tidyMemoryAtRest({ utilization, collect }: Tidying): void {
  let isTidy = false;
  setInterval(() => {
    const isIdle = utilization() <= IDLE;
    if (isIdle && !isTidy) collect();
    isTidy = isIdle;
  }, EVERY_MS).unref();
}

function createUtilization(): Tidying["utilization"] {
  let seen = performance.eventLoopUtilization();
  return () => {
    const { utilization } = performance.eventLoopUtilization(seen);
    seen = performance.eventLoopUtilization();
    return utilization;
  };
}

/** Node tells of it with a flag only, which may be set while it runs. */
function createCollect(): Tidying["collect"] {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as NodeJS.GCFunction;
  return () => {
    gc({ type: "major", flavor: "last-resort" });
  };
}

export const tidyMemory = (): void => tidyMemoryAtRest({ utilization: createUtilization(), collect: createCollect() });
