import { transact } from "../../workflows/ledger/transact.js";
import type { HttpClient } from "../../integrations/http.js";
import type { Db, Tx } from "../db/database.js";
import type { Log } from "../http/log.js";
import type { Envelope } from "../privacy/envelope.js";
import type { Claimed } from "../sign-in-providers/claimed.js";
import { enter, type EnterDependencies, type Refused } from "../sign-in-providers/enter.js";
import { SignInRefusal } from "../sign-in-providers/sign-in-refusal.js";
import { beginAttempt, secretsOf, takeAttempt } from "./oidc-attempts.js";
import { readClaims } from "./oidc-claims.js";
import { authorizationUrl, claimsOf, discover } from "./oidc-client.js";
import { codesOf, reasonOf } from "./oidc-failure.js";
import { openClientSecret } from "./oidc-secret.js";
import { links, providers } from "./oidc-store.js";
import type { OidcProviderRow } from "./oidc-tables.js";

export interface OidcSignInDependencies extends EnterDependencies {
  readonly db: Db;
  readonly envelope: Envelope;
  /** The guarded one: a provider is a host like any other. */
  readonly http: HttpClient;
  readonly log: Pick<Log, "warn">;
  readonly redirectUri: string;
}

export interface Begun {
  readonly url: URL;
  /** For the cookie of whoever began. */
  readonly token: string;
}

export interface CameBack {
  /** Null: this browser began nothing. */
  readonly token: string | null;
  /** The whole query of the address that the provider sent them to, with its `?`. */
  readonly search: string;
}

/** Both throw a `SignInRefusal`, which says why nobody is signed in. */
export const createOidcSignIn = (own: OidcSignInDependencies) => ({
  begin: (workspaceId: string, returnTo: string): Promise<Begun> => begin(own, workspaceId, returnTo),
  /** The token of a new session, and where to. */
  finish: (came: CameBack): Promise<{ session: string; returnTo: string }> => finish(own, came),
});

export type OidcSignIn = ReturnType<typeof createOidcSignIn>;

async function begin(own: OidcSignInDependencies, workspaceId: string, returnTo: string): Promise<Begun> {
  const provider = await providers.find(own.db, workspaceId);
  if (!provider) throw new SignInRefusal("no_provider");
  const configuration = await told(own, provider, () => configurationOf(own, provider));
  const token = await transact(own.db, (tx) => beginAttempt(tx, { workspaceId, returnTo }));
  return { token, url: await authorizationUrl(configuration, secretsOf(token), own.redirectUri) };
}

async function finish(own: OidcSignInDependencies, { token, search }: CameBack) {
  const secrets = token === null ? null : secretsOf(token);
  const isTheirs = secrets !== null && new URLSearchParams(search).get("state") === secrets.state;
  // What came with another state was begun by somebody else: this browser's own attempt may go on.
  const attempt = isTheirs && token !== null ? await transact(own.db, (tx) => takeAttempt(tx, token)) : null;
  if (!attempt || !secrets) throw new SignInRefusal("attempt_gone");
  const provider = await providers.find(own.db, attempt.workspaceId);
  if (!provider) throw new SignInRefusal("no_provider");
  const claimed = await told(own, provider, async () =>
    readClaims(await claimsOf(await configurationOf(own, provider), new URL(own.redirectUri + search), secrets)),
  );
  const entered = await transact(own.db, (tx) => enterLocked(own, tx, { provider, claimed }));
  if (typeof entered !== "string") throw new SignInRefusal(entered.reason, { label: provider.label });
  return { session: entered, returnTo: attempt.returnTo };
}

const configurationOf = ({ http, envelope }: OidcSignInDependencies, provider: OidcProviderRow) =>
  discover(http, {
    issuer: provider.issuer,
    clientId: provider.client_id,
    clientSecret: openClientSecret(envelope, provider.workspace_id, provider.client_secret),
  });

/** The visitor reads what it means for them; the codes are for whoever runs Loopwright. */
async function told<Result>(
  { log }: OidcSignInDependencies,
  { workspace_id: workspaceId, label }: OidcProviderRow,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    log.warn({ workspaceId, ...codesOf(cause) }, "A sign-in by the OpenID provider failed");
    throw new SignInRefusal(reasonOf(cause), { label, cause });
  }
}

interface Entering {
  readonly provider: OidcProviderRow;
  readonly claimed: Claimed;
}

async function enterLocked(
  own: OidcSignInDependencies,
  tx: Tx,
  { provider, claimed }: Entering,
): Promise<string | Refused> {
  const now = await providers.lock(tx, provider.workspace_id);
  if (now?.issuer !== provider.issuer) throw new SignInRefusal("no_provider");
  return enter(own, tx, { kind: "oidc", provider: now, links, claimed });
}
