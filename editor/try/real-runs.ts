import { useState } from "react";
import type { Autosave } from "../flow/autosave.js";

/** What doing a step for real needs and leaves. */
export interface RealRuns {
  /** The revision of what is on the screen, once it is saved; null where it cannot be. */
  readonly saved: () => Promise<number | null>;
  /** The runs of steps that were done for real on this event, by node. */
  readonly real: Readonly<Record<string, string>>;
  readonly did: (nodeId: string, runId: string) => void;
}

export type Saver = Pick<Autosave, "flush" | "revision">;

export function useRealRuns(autosave: Saver): RealRuns & { readonly forgetReal: () => void } {
  const [real, setReal] = useState<RealRuns["real"]>({});
  return {
    saved: async () => ((await autosave.flush()) ? autosave.revision() : null),
    real,
    did: (nodeId, runId) => setReal((others) => ({ ...others, [nodeId]: runId })),
    forgetReal: () => setReal({}),
  };
}
