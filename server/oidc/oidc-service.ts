import { transact } from "../../workflows/ledger/transact.js";
import type { HttpClient } from "../../integrations/http.js";
import { auditBy, type Deed } from "../audit/audit.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { conflict, DomainError, notFound, unprocessable } from "../errors.js";
import type { Actor } from "../http/route.js";
import { lockMember } from "../members/account-store.js";
import { workspacesWithPasswords } from "../members/member-store.js";
import { endSessions } from "../members/sessions.js";
import { dropOpenLinks } from "../members/sign-in.js";
import { isOnThisMachine } from "../members/open-door.js";
import { relyingPartyOf } from "../members/relying-party.js";
import type { Envelope } from "../privacy/envelope.js";
import type { ChangeOidcProvider, OidcProvider, OidcSettings, SignInWays } from "./oidc-api.js";
import { discover, type ClientOfProvider } from "./oidc-client.js";
import { codesOf } from "./oidc-refusal.js";
import { openClientSecret, sealClientSecret } from "./oidc-secret.js";
import * as store from "./oidc-store.js";

export interface OidcServiceDependencies {
  readonly db: Db;
  readonly envelope: Envelope;
  readonly http: HttpClient;
  readonly redirectUri: string;
}

/** The provider that a workspace's members sign in by, as its admins set it up. */
export const createOidcService = (own: OidcServiceDependencies) => ({
  find: ({ workspaceId }: Actor): Promise<OidcSettings> => settingsOf(own, own.db, workspaceId),
  save: (actor: Actor, given: ChangeOidcProvider): Promise<OidcSettings> => save(own, actor, given),

  remove: (actor: Actor): Promise<OidcSettings> =>
    transact(own.db, async (tx) => {
      if (!(await store.removeProvider(tx, actor.workspaceId))) throw notFound("provider");
      await record(tx, actor, { action: "sign_in_provider.removed" });
      return settingsOf(own, tx, actor.workspaceId);
    }),

  /** Their address counts again at their next sign-in: for who has another account at the provider now. */
  unlink: (actor: Actor, memberId: string): Promise<void> =>
    transact(own.db, async (tx) => {
      const member = await lockMember(tx, memberId);
      if (member?.workspace_id !== actor.workspaceId) throw notFound("member");
      if (!(await store.removeLinks(tx, memberId))) throw notFound("link to the provider");
      await endSessions(tx, { memberId });
      await dropOpenLinks(tx, memberId);
      await record(tx, actor, { action: "member.provider_unlinked", target: { kind: "member", id: memberId } });
    }),

  ways: async (): Promise<SignInWays> => {
    const [open, providers] = await Promise.all([workspacesWithPasswords(own.db), store.listProviders(own.db)]);
    return {
      passwords: open.length > 0,
      passkeys: open.length > 0 && relyingPartyOf(own.redirectUri) !== null,
      providers: providers.map(({ workspace_id: workspaceId, label }) => ({ workspaceId, label })),
    };
  },
});

export type OidcService = ReturnType<typeof createOidcService>;

async function settingsOf(
  { redirectUri }: OidcServiceDependencies,
  reader: Reader,
  workspaceId: string,
): Promise<OidcSettings> {
  const row = await store.findProvider(reader, workspaceId);
  const mayBeExclusive = row !== undefined && (await store.hasLinkedAdmin(reader, workspaceId, row.issuer));
  return { provider: row ? viewOf(row) : null, redirectUri, mayBeExclusive };
}

const viewOf = (row: store.ProviderRow): OidcProvider => ({
  ...{ issuer: row.issuer, clientId: row.client_id, label: row.label, domains: row.domains },
  ...{ makesMembers: row.makes_members, firstRole: row.first_role, exclusive: row.exclusive },
});

async function save(own: OidcServiceDependencies, actor: Actor, given: ChangeOidcProvider): Promise<OidcSettings> {
  const { workspaceId } = actor;
  refuseUnsafe(given);
  const before = await store.findProvider(own.db, workspaceId);
  const clientSecret = given.clientSecret ?? storedSecret(own, before, given);
  // One that is known may be away for a while, just when the other doors have to be opened again.
  if (before?.issuer !== given.issuer) await refuseWrongIssuer(own.http, { ...given, clientSecret });
  return transact(own.db, async (tx) => {
    await store.lockProvider(tx, workspaceId);
    if (given.exclusive) await refuseShutOut(tx, workspaceId, given.issuer);
    await store.storeProvider(tx, {
      ...{ workspace_id: workspaceId, issuer: given.issuer, client_id: given.clientId, label: given.label },
      client_secret: sealClientSecret(own.envelope, workspaceId, clientSecret),
      ...{ domains: given.domains, makes_members: given.makesMembers, first_role: given.firstRole },
      exclusive: given.exclusive,
    });
    await record(tx, actor, {
      action: "sign_in_provider.changed",
      data: { makesMembers: given.makesMembers, firstRole: given.firstRole, exclusive: given.exclusive },
    });
    return settingsOf(own, tx, workspaceId);
  });
}

function refuseUnsafe({ issuer, makesMembers, domains }: ChangeOidcProvider): void {
  const url = new URL(issuer);
  if (url.pathname.includes("/.well-known/"))
    throw wrongField("issuer", "Give the issuer alone, without /.well-known/ and what follows.");
  if (url.protocol !== "https:" && !isOnThisMachine(url))
    throw wrongField("issuer", "The issuer's address begins with https://.");
  if (makesMembers && domains.length === 0)
    throw wrongField("domains", "Name the domains whose people become members: the provider may know everybody.");
}

/** A secret goes to whom it was given for, and nowhere else. */
function storedSecret(
  { envelope }: OidcServiceDependencies,
  row: store.ProviderRow | undefined,
  { issuer, clientId }: ChangeOidcProvider,
): string {
  if (row?.issuer === issuer && row.client_id === clientId)
    return openClientSecret(envelope, row.workspace_id, row.client_secret);
  throw wrongField("clientSecret", "Enter the client secret: it belongs to this issuer and client.");
}

async function refuseWrongIssuer(http: HttpClient, client: ClientOfProvider): Promise<void> {
  const { authorization_endpoint, token_endpoint, jwks_uri } = await metadataOf(http, client);
  if (authorization_endpoint && token_endpoint && jwks_uri) return;
  throw unprocessable("issuer_refused", `${client.issuer} does not offer sign-in by code with signed tokens.`);
}

async function metadataOf(http: HttpClient, client: ClientOfProvider) {
  try {
    return (await discover(http, client)).serverMetadata();
  } catch (error) {
    const { code = "unexpected" } = codesOf(error);
    throw unprocessable("issuer_refused", `No OpenID provider answers as ${client.issuer} (${code.toLowerCase()}).`);
  }
}

/** Before other doors close, an admin has come in by this one. */
async function refuseShutOut(tx: Tx, workspaceId: string, issuer: string): Promise<void> {
  if (await store.hasLinkedAdmin(tx, workspaceId, issuer)) return;
  throw conflict(
    "no_admin_by_provider",
    "Sign in by the provider as an admin first; then you can close the other ways.",
  );
}

const wrongField = (field: string, message: string): DomainError =>
  new DomainError({ status: 400, code: "invalid_request", message, extra: { fields: { [field]: message } } });

/** Of the workspace's provider, unless it names something else. */
type Recorded = Omit<Deed, "target"> & Partial<Pick<Deed, "target">>;

const record = (tx: Tx, actor: Actor, deed: Recorded): Promise<void> =>
  auditBy(tx, actor, { target: { kind: "workspace", id: actor.workspaceId }, ...deed });
