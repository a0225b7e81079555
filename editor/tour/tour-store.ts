import { z } from "zod";

/** How far somebody came on the tour, kept in their browser. */
const progressSchema = z.object({
  isDismissed: z.boolean(),
  reached: z.array(z.enum(["run", "sample"])),
  /** The flow that they drew first. */
  drawnId: z.string().nullable(),
});
export type TourProgress = z.infer<typeof progressSchema>;

const start: TourProgress = { isDismissed: false, reached: [], drawnId: null };

export interface TourStore {
  readonly read: () => TourProgress;
  readonly subscribe: (changed: () => void) => () => void;
  readonly reach: (step: TourProgress["reached"][number]) => void;
  /** The first that was drawn stays it, but for one that is not among the flows that there are, where they are known. */
  readonly draw: (flowId: string, flowIds: readonly string[] | undefined) => void;
  readonly dismiss: () => void;
  readonly restart: () => void;
}

/** What cannot be read, or was written by another release, is begun anew. */
function parse(text: string | null): TourProgress {
  try {
    return progressSchema.parse(JSON.parse(text ?? "null"));
  } catch {
    return start;
  }
}

function createTourStore(key: string): TourStore {
  let progress = parse(localStorage.getItem(key));
  const listeners = new Set<() => void>();
  const write = (change: Partial<TourProgress>): void => {
    progress = { ...progress, ...change };
    localStorage.setItem(key, JSON.stringify(progress));
    for (const changed of listeners) changed();
  };
  return {
    read: () => progress,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    reach: (step) => {
      if (!progress.reached.includes(step)) write({ reached: [...progress.reached, step] });
    },
    draw: (flowId, flowIds) => {
      if (progress.drawnId === null || flowIds?.includes(progress.drawnId) === false) write({ drawnId: flowId });
    },
    dismiss: () => write({ isDismissed: true }),
    restart: () => write(start),
  };
}

const stores = new Map<string, TourStore>();

/** One for each member who signs in here. */
export function tourOf(memberId: string): TourStore {
  const store = stores.get(memberId) ?? createTourStore(`loopwright.tour.${memberId}`);
  stores.set(memberId, store);
  return store;
}
