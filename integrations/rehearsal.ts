import type { HttpRequest } from "./http.js";

/** What stands wherever a credential would: a rehearsal is given none, so none can be shown. */
export const SECRET = "(secret)";

/** The key of an effect that is never sent. */
export const REHEARSAL_KEY = "lw_dry_run";

/** How a connector is rehearsed, where its actions sign in or read before they write. */
export interface Rehearsal<Config> {
  /** Where a way of signing in needs more of a secret than `SECRET`: another way. */
  readonly config?: (config: Config) => Config;
  /** Fields of the secret that this other way needs. */
  readonly secret?: Readonly<Record<string, string>>;
  /** The JSON that the product would answer to what changes nothing, or `answered`; null: this is the request itself. */
  readonly answer: (request: HttpRequest, config: Config) => unknown;
}

/** An answer with a status of its own. */
export const answered = (status: number, body: unknown) => ({ status, body }) as const;
