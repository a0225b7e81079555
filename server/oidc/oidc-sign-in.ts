import { transact } from "../../workflows/ledger/transact.js";
import type { HttpClient } from "../../integrations/http.js";
import { audit } from "../audit/audit.js";
import type { Db, Tx } from "../db/database.js";
import type { Log } from "../http/log.js";
import { endCredentials } from "../members/end-credentials.js";
import { blindEmail } from "../members/member-details.js";
import { findMemberByEmail } from "../members/member-store.js";
import type { Members } from "../members/members.js";
import { letIn } from "../members/sign-in.js";
import type { Envelope } from "../privacy/envelope.js";
import type { Vault } from "../privacy/vault.js";
import { admit, type Admission, type Applicant } from "./admission.js";
import { beginAttempt, secretsOf, takeAttempt } from "./oidc-attempts.js";
import { readClaims, type Claimed } from "./oidc-claims.js";
import { authorizationUrl, claimsOf, discover } from "./oidc-client.js";
import { codesOf, OidcRefusal, reasonOf } from "./oidc-refusal.js";
import { openClientSecret } from "./oidc-secret.js";
import * as store from "./oidc-store.js";

export interface OidcSignInDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly envelope: Envelope;
  readonly members: Members;
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

/** Both throw an `OidcRefusal`, which says why nobody is signed in. */
export const createOidcSignIn = (own: OidcSignInDependencies) => ({
  begin: (workspaceId: string, returnTo: string): Promise<Begun> => begin(own, workspaceId, returnTo),
  /** The token of a new session, and where to. */
  finish: (came: CameBack): Promise<{ session: string; returnTo: string }> => finish(own, came),
});

export type OidcSignIn = ReturnType<typeof createOidcSignIn>;

async function begin(own: OidcSignInDependencies, workspaceId: string, returnTo: string): Promise<Begun> {
  const provider = await store.findProvider(own.db, workspaceId);
  if (!provider) throw new OidcRefusal("no_provider");
  const configuration = await told(own, provider, () => configurationOf(own, provider));
  const token = await transact(own.db, (tx) => beginAttempt(tx, { workspaceId, returnTo }));
  return { token, url: await authorizationUrl(configuration, secretsOf(token), own.redirectUri) };
}

async function finish(own: OidcSignInDependencies, { token, search }: CameBack) {
  const secrets = token === null ? null : secretsOf(token);
  const isTheirs = secrets !== null && new URLSearchParams(search).get("state") === secrets.state;
  // What came with another state was begun by somebody else: this browser's own attempt may go on.
  const attempt = isTheirs && token !== null ? await transact(own.db, (tx) => takeAttempt(tx, token)) : null;
  if (!attempt || !secrets) throw new OidcRefusal("attempt_gone");
  const provider = await store.findProvider(own.db, attempt.workspaceId);
  if (!provider) throw new OidcRefusal("no_provider");
  const claimed = await told(own, provider, async () =>
    readClaims(await claimsOf(await configurationOf(own, provider), new URL(own.redirectUri + search), secrets)),
  );
  const entered = await transact(own.db, (tx) => enter(own, tx, { provider, claimed }));
  if (typeof entered !== "string") throw new OidcRefusal(entered.reason, { label: provider.label });
  return { session: entered, returnTo: attempt.returnTo };
}

const configurationOf = ({ http, envelope }: OidcSignInDependencies, provider: store.ProviderRow) =>
  discover(http, {
    issuer: provider.issuer,
    clientId: provider.client_id,
    clientSecret: openClientSecret(envelope, provider.workspace_id, provider.client_secret),
  });

/** The visitor reads what it means for them; the codes are for whoever runs Loopwright. */
async function told<Result>(
  { log }: OidcSignInDependencies,
  { workspace_id: workspaceId, label }: store.ProviderRow,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    log.warn({ workspaceId, ...codesOf(cause) }, "A sign-in by the OpenID provider failed");
    throw new OidcRefusal(reasonOf(cause), { label, cause });
  }
}

interface Entering {
  readonly provider: store.ProviderRow;
  readonly claimed: Claimed;
}

/** Looked up again under the provider's lock, so that of two who come at once with one subject, one is linked. */
async function enter(
  own: OidcSignInDependencies,
  tx: Tx,
  { provider, claimed }: Entering,
): Promise<string | Extract<Admission, { kind: "refuse" }>> {
  const { workspace_id: workspaceId, issuer } = provider;
  const now = await store.lockProvider(tx, workspaceId);
  if (now?.issuer !== issuer) throw new OidcRefusal("no_provider");
  const subjectBlind = await own.vault.blind(tx, workspaceId, `oidc_link.subject:${issuer} ${claimed.subject}`);
  const subject = { workspaceId, issuer, subjectBlind };
  const applicant = await applicantOf(own, tx, { provider: now, claimed, subject });
  const admission = admit(applicant);
  if (admission.kind === "refuse") {
    await recordRefusal(tx, workspaceId, admission);
    return admission;
  }
  const memberId =
    admission.kind === "make"
      ? await make(own, tx, { provider: now, name: claimed.name, email: admission.email })
      : admission.memberId;
  if (admission.kind !== "enter") await link(tx, memberId, subject);
  return letIn(tx, { memberId, workspaceId, method: "oidc" });
}

interface Asked extends Entering {
  readonly subject: { readonly workspaceId: string; readonly issuer: string; readonly subjectBlind: Buffer };
}

async function applicantOf(
  { vault }: OidcSignInDependencies,
  tx: Tx,
  { provider, claimed, subject }: Asked,
): Promise<Applicant> {
  const { workspaceId, issuer } = subject;
  const { email } = claimed;
  const found =
    email === null
      ? undefined
      : await findMemberByEmail(tx, workspaceId, await blindEmail(tx, vault, { workspaceId, email }));
  return {
    claimed,
    linked: await store.findLinked(tx, subject),
    known: found && { ...found, isLinked: await store.isLinked(tx, found.id, issuer) },
    rules: { domains: provider.domains, makesMembers: provider.makes_members },
  };
}

interface NewMember {
  readonly provider: store.ProviderRow;
  readonly name: string;
  readonly email: string;
}

const make = ({ members }: OidcSignInDependencies, tx: Tx, { provider, name, email }: NewMember): Promise<string> =>
  members.invite(tx, {
    ...{ workspaceId: provider.workspace_id, role: provider.first_role, name, email },
    by: { kind: "system", id: null },
    action: "member.provisioned",
  });

/** The provider says who they are from now on: whatever somebody set before who had only claimed the address ends. */
async function link(tx: Tx, memberId: string, subject: Asked["subject"]): Promise<void> {
  const { workspaceId } = subject;
  await endCredentials(tx, { workspaceId, memberId, by: { kind: "system", id: null } });
  await store.insertLink(tx, memberId, subject);
  await audit(tx, {
    workspaceId,
    actor: { kind: "member", id: memberId },
    action: "member.provider_linked",
    target: { kind: "member", id: memberId },
  });
}

const recordRefusal = (
  tx: Tx,
  workspaceId: string,
  { reason, memberId }: Extract<Admission, { kind: "refuse" }>,
): Promise<void> =>
  audit(tx, {
    workspaceId,
    actor: { kind: "system", id: null },
    action: "member.sign_in_refused",
    target: memberId === undefined ? { kind: "workspace", id: workspaceId } : { kind: "member", id: memberId },
    data: { method: "oidc", reason },
  });
