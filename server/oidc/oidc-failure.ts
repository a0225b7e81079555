import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { TransportError } from "../../integrations/http.js";
import type { RefusalReason } from "../sign-in-providers/sign-in-refusal.js";

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
