export const ACS_PATH = "/sign-in/saml";
export const METADATA_PATH = "/sign-in/saml/metadata";
export const FETCH_PATH = "/sign-in/saml/finish";

/** What a provider is told of us. */
export interface OwnAddresses {
  /** Where our metadata is, as is the custom. */
  readonly entityId: string;
  /** Where it posts its answers: the assertion consumer service. */
  readonly acsUrl: string;
}

export const ownAddresses = (publicUrl: string): OwnAddresses => ({
  entityId: publicUrl + METADATA_PATH,
  acsUrl: publicUrl + ACS_PATH,
});
