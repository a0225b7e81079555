import { z } from "zod";
import type { Connector, SecretUse } from "../../integrations/connector.js";
import type { Envelope, SecretPurpose } from "../privacy/envelope.js";

/** The fields of a connection's secret by name; never answered by any route. */
export type Secrets = Readonly<Record<string, string>>;
const secretsSchema = z.record(z.string(), z.string());

const uses: Readonly<Record<SecretPurpose, readonly SecretUse[]>> = {
  inbound: ["inbound", "both"],
  outbound: ["outbound", "both"],
};
const place = (purpose: SecretPurpose, id: string): string => `connection.secret_${purpose}|${id}`;

/** The fields that a purpose needs. A field that the connector does not declare belongs to none, so it is never stored. */
export function fieldsFor(connector: Connector, purpose: SecretPurpose): string[] {
  return Object.entries(connector.secretUse).flatMap(([field, use]) => (uses[purpose].includes(use) ? [field] : []));
}

export interface SealedSecrets {
  readonly secret_inbound: Buffer;
  readonly secret_outbound: Buffer;
  readonly secrets_set: string[];
}

/** One envelope a purpose: a process opens only what it needs. */
export function sealSecrets(
  envelope: Envelope,
  connector: Connector,
  given: { id: string; secrets: Secrets },
): SealedSecrets {
  const { id, secrets } = given;
  const seal = (purpose: SecretPurpose): Buffer =>
    envelope.seal(purpose, place(purpose, id), pick(secrets, fieldsFor(connector, purpose)));
  return {
    secret_inbound: seal("inbound"),
    secret_outbound: seal("outbound"),
    secrets_set: Object.keys(pick(secrets, Object.keys(connector.secretUse))),
  };
}

export const openSecrets = (
  envelope: Envelope,
  purpose: SecretPurpose,
  sealed: { id: string; bytes: Buffer },
): Secrets => secretsSchema.parse(envelope.open(purpose, place(purpose, sealed.id), sealed.bytes));

/** Empty fields count as not given: a form sends what was left blank as "". */
const pick = (secrets: Secrets, fields: readonly string[]): Secrets =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = secrets[field];
      return value === undefined || value === "" ? [] : [[field, value]];
    }),
  );
