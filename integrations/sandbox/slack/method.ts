import type { SandboxRequest } from "../system.js";
import type { Args } from "./arguments.js";
import type { TokenRow } from "./rows.js";
import type { SlackState } from "./state.js";

export interface MethodCall {
  readonly state: SlackState;
  readonly args: Args;
  readonly token: TokenRow;
  readonly request: SandboxRequest;
}

/** One Web API method. The answer is what follows `ok: true`; refusals are thrown. */
export interface SlackMethod {
  readonly writes: boolean;
  readonly token: "bot" | "app" | "none";
  /** Any one of these is enough; empty: a valid token is. Methods over several kinds of channel check by kind themselves. */
  readonly scopes: readonly string[];
  readonly run: (call: MethodCall) => Readonly<Record<string, unknown>>;
}
