/** Drives runs side by side; resolves when each is over, rests until it is due, or has a driver of its own. */
export type Drive = (runIds: readonly string[]) => Promise<void>;

/** The fast lane's two ways to the same activity. */
export interface Lane {
  /** In this process, without a hop: whoever is due finds nobody before it. What a process that dies had in hand is due again when its lease ends. */
  readonly driveHere: Drive;
  /** By a workflow, which another worker takes up when this one dies. */
  readonly driveBatch: Drive;
}

/** Drives in this process; `settled` resolves once nothing is under way. */
export function createDriveHere(drive: Drive): { readonly drive: Drive; settled(): Promise<unknown> } {
  const underWay = new Set<Promise<void>>();
  return {
    drive(runIds) {
      const driven = drive(runIds).finally(() => underWay.delete(driven));
      underWay.add(driven);
      return driven;
    },
    settled: () => Promise.allSettled(underWay),
  };
}
