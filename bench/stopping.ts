export interface Stoppable {
  readonly stop: () => Promise<void>;
}

export type Keep = <One extends Stoppable>(starting: Promise<One>) => Promise<One>;

/** Whatever the work keeps is stopped in the end, last first, also when something else could not start. */
export async function stopping<Result>(work: (keep: Keep) => Promise<Result>): Promise<Result> {
  const kept: Stoppable[] = [];
  const keep: Keep = async (starting) => {
    const one = await starting;
    kept.push(one);
    return one;
  };
  try {
    return await work(keep);
  } finally {
    for (const one of kept.toReversed()) await one.stop();
  }
}
