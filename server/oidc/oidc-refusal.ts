import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { TransportError } from "../../integrations/http.js";
import type { AdmissionRefusal } from "./admission.js";

/** Why nobody was signed in; each has its words on the page that is shown then. */
export type RefusalReason =
  | AdmissionRefusal
  /** Nothing is set up, or it was changed meanwhile. */
  | "no_provider"
  /** Used already, too old, begun in another browser, or never begun. */
  | "attempt_gone"
  | "provider_refused"
  | "unreachable"
  | "answer_refused";

export class OidcRefusal extends Error {
  readonly reason: RefusalReason;
  /** How the page names the provider. */
  readonly label: string | null;

  constructor(reason: RefusalReason, { label = null, cause }: { label?: string | null; cause?: unknown } = {}) {
    super(`sign-in by a provider was refused: ${reason}`, { cause });
    this.name = "OidcRefusal";
    this.reason = reason;
    this.label = label;
  }
}

/** What went wrong between us and the provider, as far as it helps whoever was about to sign in. */
export function reasonOf(error: unknown): RefusalReason {
  if (error instanceof AuthorizationResponseError) return "provider_refused";
  return isUnreachable(error) ? "unreachable" : "answer_refused";
}

const AWAY = new Set(["OAUTH_TIMEOUT", "OAUTH_ABORT", "OAUTH_RESPONSE_IS_NOT_CONFORM"]);

function isUnreachable(error: unknown): boolean {
  if (error instanceof TransportError) return true;
  if (!(error instanceof ClientError)) return false;
  return AWAY.has(error.code ?? "") || isUnreachable(error.cause);
}

/** Codes for the log and for admins: never a token, never what a person is called. */
export function codesOf(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof TransportError) return { code: error.code };
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return { code: error.code, error: error.error };
  if (!(error instanceof ClientError)) return { code: "unexpected" };
  return error.code === undefined ? codesOf(error.cause) : { code: error.code };
}
