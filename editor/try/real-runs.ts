import { useRef, useState } from "react";
import type { Autosave } from "../flow/autosave.js";
import { newKey } from "../starts/new-key.js";

/** What doing a step for real needs and leaves. */
export interface RealRuns {
  /** The revision of what is on the screen, once it is saved; null where it cannot be. */
  readonly saved: () => Promise<number | null>;
  /** The runs of steps that were done for real on this event, by node. */
  readonly real: Readonly<Record<string, string>>;
  readonly begin: (nodeId: string) => Deed;
}

/** One step that is to be done for real. */
export interface Deed {
  /** The same for a step until an answer is there: what was sent, and whose answer was lost, is not done twice. */
  readonly key: string;
  /** Another is made for the next deed. */
  readonly spend: () => void;
  /** An answer of an event that is no longer chosen is told to nobody. */
  readonly did: (runId: string | null) => void;
}

export type Saver = Pick<Autosave, "flush" | "revision">;

export function useRealRuns(autosave: Saver): RealRuns & { readonly forgetReal: () => void } {
  const [real, setReal] = useState<RealRuns["real"]>({});
  const keys = useRef(new Map<string, string>());
  const about = useRef({});
  const begin = (nodeId: string): Deed => {
    const key = keys.current.get(nodeId) ?? newKey();
    keys.current.set(nodeId, key);
    const begunAbout = about.current;
    const spend = () => void keys.current.delete(nodeId);
    const did = (runId: string | null) => {
      spend();
      if (runId !== null && begunAbout === about.current) setReal((others) => ({ ...others, [nodeId]: runId }));
    };
    return { key, spend, did };
  };
  const forgetReal = () => {
    about.current = {};
    setReal({});
  };
  return { saved: async () => ((await autosave.flush()) ? autosave.revision() : null), real, begin, forgetReal };
}
