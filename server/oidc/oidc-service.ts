import { transact } from "../../workflows/ledger/transact.js";
import type { HttpClient } from "../../integrations/http.js";
import type { Db, Reader } from "../db/database.js";
import { notFound, unprocessable } from "../errors.js";
import type { Actor } from "../http/route.js";
import { isOnThisMachine } from "../members/open-door.js";
import type { Envelope } from "../privacy/envelope.js";
import * as change from "../sign-in-providers/change-provider.js";
import type { ChangeOidcProvider, OidcProvider, OidcSettings } from "./oidc-api.js";
import { discover, type ClientOfProvider } from "./oidc-client.js";
import { codesOf } from "./oidc-failure.js";
import { openClientSecret, sealClientSecret } from "./oidc-secret.js";
import { links, providers, storeProvider } from "./oidc-store.js";
import type { OidcProviderRow } from "./oidc-tables.js";

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
      if (!(await providers.remove(tx, actor.workspaceId))) throw notFound("provider");
      await change.recordRemoval(tx, actor, "oidc");
      return settingsOf(own, tx, actor.workspaceId);
    }),
});

export type OidcService = ReturnType<typeof createOidcService>;

async function settingsOf(
  { redirectUri }: OidcServiceDependencies,
  reader: Reader,
  workspaceId: string,
): Promise<OidcSettings> {
  const row = await providers.find(reader, workspaceId);
  const mayBeExclusive = row !== undefined && (await links.hasAdmin(reader, workspaceId, row.issuer));
  return { provider: row ? viewOf(row) : null, redirectUri, mayBeExclusive };
}

const viewOf = (row: OidcProviderRow): OidcProvider => ({
  ...{ issuer: row.issuer, clientId: row.client_id },
  ...change.admittingOf(row),
});

async function save(own: OidcServiceDependencies, actor: Actor, given: ChangeOidcProvider): Promise<OidcSettings> {
  const { workspaceId } = actor;
  refuseUnsafe(given);
  const before = await providers.find(own.db, workspaceId);
  const clientSecret = given.clientSecret ?? storedSecret(own, before, given);
  // One that is known may be away for a while, just when the other doors have to be opened again.
  if (before?.issuer !== given.issuer) await refuseWrongIssuer(own.http, { ...given, clientSecret });
  return transact(own.db, async (tx) => {
    await providers.lock(tx, workspaceId);
    if (given.exclusive) await change.refuseShutOut(tx, { links, workspaceId, issuer: given.issuer });
    await storeProvider(tx, {
      ...{ workspace_id: workspaceId, issuer: given.issuer, client_id: given.clientId },
      client_secret: sealClientSecret(own.envelope, workspaceId, clientSecret),
      ...change.admittingColumns(given),
    });
    await change.recordChange(tx, actor, { ...given, kind: "oidc" });
    return settingsOf(own, tx, workspaceId);
  });
}

function refuseUnsafe({ issuer, makesMembers, domains }: ChangeOidcProvider): void {
  const url = new URL(issuer);
  if (url.pathname.includes("/.well-known/"))
    throw change.wrongField("issuer", "Give the issuer alone, without /.well-known/ and what follows.");
  if (url.protocol !== "https:" && !isOnThisMachine(url))
    throw change.wrongField("issuer", "The issuer's address begins with https://.");
  if (makesMembers && domains.length === 0)
    throw change.wrongField(
      "domains",
      "Name the domains whose people become members: the provider may know everybody.",
    );
}

/** A secret goes to whom it was given for, and nowhere else. */
function storedSecret(
  { envelope }: OidcServiceDependencies,
  row: OidcProviderRow | undefined,
  { issuer, clientId }: ChangeOidcProvider,
): string {
  if (row?.issuer === issuer && row.client_id === clientId)
    return openClientSecret(envelope, row.workspace_id, row.client_secret);
  throw change.wrongField("clientSecret", "Enter the client secret: it belongs to this issuer and client.");
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
