import type { AdmissionRefusal } from "./admission.js";

/** Why nobody was signed in; each has its words on the page that is shown then. */
export type RefusalReason =
  | AdmissionRefusal
  /** Nothing is set up, or it was changed meanwhile. */
  | "no_provider"
  /** Used already, too old, begun in another browser, or never begun. */
  | "attempt_gone"
  /** Begun at the provider, of its own accord. */
  | "unsolicited"
  /** The provider calls them otherwise each time. */
  | "no_lasting_name"
  | "provider_refused"
  | "unreachable"
  | "answer_refused";

export class SignInRefusal extends Error {
  readonly reason: RefusalReason;
  /** How the page names the provider. */
  readonly label: string | null;

  constructor(reason: RefusalReason, { label = null, cause }: { label?: string | null; cause?: unknown } = {}) {
    super(`sign-in by a provider was refused: ${reason}`, { cause });
    this.name = "SignInRefusal";
    this.reason = reason;
    this.label = label;
  }
}
