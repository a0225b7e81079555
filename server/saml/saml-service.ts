import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Reader } from "../db/database.js";
import { notFound, unprocessable } from "../errors.js";
import type { Actor } from "../http/route.js";
import { isOnThisMachine } from "../members/open-door.js";
import * as change from "../sign-in-providers/change-provider.js";
import { certificateView, readCertificate } from "./certificates.js";
import { readIdpMetadata, type ProviderFacts } from "./idp-metadata.js";
import { ownAddresses } from "./saml-addresses.js";
import type { ChangeSamlProvider, SamlProvider, SamlSettings } from "./saml-api.js";
import { SamlFailure, type FailureCode } from "./saml-failure.js";
import { links, providers, storeProvider } from "./saml-store.js";
import type { SamlProviderRow } from "./saml-tables.js";

export interface SamlServiceDependencies {
  readonly db: Db;
  readonly publicUrl: string;
}

/** The SAML provider that a workspace's members sign in by, as its admins set it up. */
export const createSamlService = (own: SamlServiceDependencies) => ({
  find: ({ workspaceId }: Actor): Promise<SamlSettings> => settingsOf(own, own.db, workspaceId),
  save: (actor: Actor, given: ChangeSamlProvider): Promise<SamlSettings> => save(own, actor, given),

  remove: (actor: Actor): Promise<SamlSettings> =>
    transact(own.db, async (tx) => {
      if (!(await providers.remove(tx, actor.workspaceId))) throw notFound("provider");
      await change.recordRemoval(tx, actor, "saml");
      return settingsOf(own, tx, actor.workspaceId);
    }),
});

export type SamlService = ReturnType<typeof createSamlService>;

async function settingsOf(
  { publicUrl }: SamlServiceDependencies,
  reader: Reader,
  workspaceId: string,
): Promise<SamlSettings> {
  const row = await providers.find(reader, workspaceId);
  const mayBeExclusive = row !== undefined && (await links.hasAdmin(reader, workspaceId, row.issuer));
  return { provider: row ? viewOf(row) : null, ...ownAddresses(publicUrl), mayBeExclusive };
}

const viewOf = (row: SamlProviderRow): SamlProvider => ({
  ...{ entityId: row.issuer, signOnUrl: row.sign_on_url, certificates: row.certificates.map(certificateView) },
  ...change.admittingOf(row),
});

async function save(own: SamlServiceDependencies, actor: Actor, given: ChangeSamlProvider): Promise<SamlSettings> {
  const { workspaceId } = actor;
  if (given.domains.length === 0)
    throw change.wrongField("domains", "Name the domains whose addresses this provider may speak for.");
  const facts = factsOf(given);
  refuseUnsafeAddress(facts.signOnUrl, given.metadata === undefined ? "signOnUrl" : "metadata");
  return transact(own.db, async (tx) => {
    await providers.lock(tx, workspaceId);
    if (given.exclusive) await change.refuseShutOut(tx, { links, workspaceId, issuer: facts.entityId });
    await storeProvider(tx, {
      ...{ workspace_id: workspaceId, issuer: facts.entityId, sign_on_url: facts.signOnUrl },
      certificates: [...facts.certificates],
      ...change.admittingColumns(given),
    });
    await change.recordChange(tx, actor, { ...given, kind: "saml" });
    return settingsOf(own, tx, workspaceId);
  });
}

const factsOf = (given: ChangeSamlProvider): ProviderFacts =>
  given.metadata === undefined ? typedFacts(given) : pastedFacts(given.metadata);

function pastedFacts(metadata: string): ProviderFacts {
  try {
    return readIdpMetadata(metadata);
  } catch (error) {
    if (!(error instanceof SamlFailure)) throw error;
    throw unprocessable("metadata_refused", metadataWords[error.code] ?? `It cannot be read (${error.code}).`);
  }
}

const metadataWords: Partial<Readonly<Record<FailureCode, string>>> = {
  not_metadata: "It is not the metadata of one identity provider.",
  no_sign_on: "It names no address for sign-in by HTTP-Redirect.",
  wants_signed_requests:
    "This provider wants signed requests, and Loopwright signs none. Turn that off at the provider.",
  certificate: "It holds no certificate with an RSA key of 2048 bits or more, or one on a curve of NIST.",
};

function typedFacts({ entityId, signOnUrl, certificates = [] }: ChangeSamlProvider): ProviderFacts {
  if (entityId === undefined) throw change.wrongField("entityId", "Give the provider's entity id, or its metadata.");
  if (signOnUrl === undefined) throw change.wrongField("signOnUrl", "Give the address where people sign in.");
  if (certificates.length === 0) throw change.wrongField("certificates", "Give the certificate that it signs with.");
  try {
    const read = certificates.map((text) => readCertificate(text).toString());
    return { entityId, signOnUrl, certificates: [...new Set(read)] };
  } catch (error) {
    if (!(error instanceof SamlFailure)) throw error;
    throw change.wrongField(
      "certificates",
      "One is no certificate with an RSA key of 2048 bits or more, or one on a curve of NIST.",
    );
  }
}

function refuseUnsafeAddress(address: string, field: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isOnThisMachine(url))) return;
  throw change.wrongField(field, "The address where people sign in begins with https://.");
}
