import { mustTakeTurn } from "../../ledger/turns.js";
import type { Next } from "../messages.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import type { Looker, Seen } from "./commit.js";
import { decide } from "./decide.js";
import { dropUnsent, giveUp } from "./give-up.js";
import { halt } from "./halt.js";
import { attemptInline, type Inline } from "./inline.js";
import { createLooks, type Looks } from "./looks.js";
import { NO_DRIVER } from "./next.js";

export interface AdvanceActivities {
  /** Plans and appends until nothing can be decided any more; answers the whole picture. */
  advance(runId: string, gaveUp: readonly string[]): Promise<Next>;
}

export interface Advance extends AdvanceActivities {
  /** The same once, by nobody who stays with the run. */
  passBy(runId: string): Promise<Seen>;
}

/** No driver is to stay with it. */
const RESTS: Seen = { next: NO_DRIVER, rests: true, planned: new Map() };

/** So many tries in a row throw before a person is told: by then it is not a hiccup. */
const PATIENCE = 5;

export interface AdvanceOptions {
  /** Counts the tries of this call, from 1. */
  readonly attempt?: () => number;
  /** For who passes by; without it every attempt is an activity of its own. */
  readonly inline?: Inline | undefined;
}

export function createAdvance(
  dependencies: AdvanceDependencies,
  { attempt = () => 1, inline }: AdvanceOptions = {},
): Advance {
  const looks = createLooks(dependencies);
  const still = (runId: string, by: Looker): Promise<Seen> => lookUntilStill(dependencies, looks, { runId, by });
  const takeOn = async (runId: string, by: Looker, gaveUp: readonly string[]): Promise<Seen> => {
    const look = async (given: readonly string[]): Promise<Seen> => {
      await giveUp(dependencies, { kind: "run", id: runId }, given);
      return still(runId, by);
    };
    const seen = await look(gaveUp);
    // A driver must hear of clicks and siblings while a call hangs: its attempts are activities.
    return inline && by === "lane" ? attemptInline(inline, seen, look) : seen;
  };
  return {
    passBy: (runId) => takeOn(runId, "lane", []),
    async advance(runId, gaveUp) {
      try {
        return (await takeOn(runId, "driver", gaveUp)).next;
      } catch (error) {
        if (attempt() < PATIENCE) throw error;
        return halt(dependencies, runId, { error, look: async () => (await still(runId, "driver")).next });
      }
    },
  };
}

async function lookUntilStill(
  dependencies: AdvanceDependencies,
  looks: Looks,
  { runId, by }: { runId: string; by: Looker },
): Promise<Seen> {
  for (;;) {
    const snapshot = await looks.snapshot(runId);
    if (!snapshot) return RESTS;
    if (mustTakeTurn(snapshot.run)) {
      if ((await looks.askTurn(snapshot)) === "waits") return RESTS;
      continue;
    }
    if (await dropUnsent(dependencies, snapshot)) continue;
    const progress = await decide(dependencies, snapshot, looks.open);
    const seen = await looks.commit({ snapshot, progress, by });
    if (seen) return seen;
  }
}
