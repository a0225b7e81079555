import { sql } from "kysely";

/** Of every kind, with the workspace and whether nothing else signs in there. */
export const allProviders = sql`(
  select workspace_id, label, exclusive, 'oidc' as kind from oidc_provider
  union all select workspace_id, label, exclusive, 'saml' from saml_provider
)`;

/** Members by the providers of now: links of one that was taken out wait in case it comes back. */
export const linksInUse = sql`(
  select member_id from oidc_link join oidc_provider using (workspace_id, issuer)
  union all select member_id from saml_link join saml_provider using (workspace_id, issuer)
)`;
