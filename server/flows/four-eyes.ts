import { DomainError } from "../errors.js";
import type { FourEyes } from "./flow-api.js";

/** Members by id. Null is the command line of the machine, which is one hand like any other. */
export interface Hands {
  /** Whether the workspace asks for a second pair of eyes. */
  readonly isOn: boolean;
  readonly lastChange: string | null;
  readonly publisher: string | null;
}

/** Whether whoever made the last change of a draft publishes it themselves. */
export function fourEyes({ isOn, lastChange, publisher }: Hands): FourEyes {
  if (!isOn) return "off";
  return lastChange === publisher ? "closed" : "open";
}

export function refuseOwnChange(hands: Hands): void {
  if (fourEyes(hands) !== "closed") return;
  throw new DomainError({
    status: 403,
    code: "four_eyes",
    message:
      "You made the last change of this draft. Here somebody with the right to publish who did not make the last change publishes it.",
  });
}
