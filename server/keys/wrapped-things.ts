import type { SecretPurpose } from "../privacy/envelope.js";
import type { WrapPurpose } from "../privacy/kek-source.js";

/** A column whose cells begin with a key that a KEK wrapped. */
export interface WrappedThing {
  /** For people, in the plural. */
  readonly what: string;
  readonly table: string;
  readonly column: string;
  /** What the rows are known by. */
  readonly key: "id" | "workspace_id" | "purpose";
  readonly purpose: WrapPurpose;
  /** What a cell is bound to. */
  readonly place: (key: string) => string;
}

/** A cell with secrets after its key. */
export interface SealedThing extends WrappedThing {
  readonly seals: SecretPurpose;
}

function secrets(seals: SecretPurpose, named: Pick<WrappedThing, "what" | "table" | "column" | "key">): SealedThing {
  const { table, column } = named;
  return { ...named, seals, purpose: `secret-${seals}`, place: (key) => `${table}.${column}|${key}` };
}

const connection = { what: "connections", table: "connection", key: "id" } as const;

export const sealedThings: readonly SealedThing[] = [
  secrets("inbound", { ...connection, column: "secret_inbound" }),
  secrets("outbound", { ...connection, column: "secret_outbound" }),
  secrets("inbound", { what: "sources", table: "source", column: "secrets", key: "id" }),
  secrets("inbound", {
    ...{ what: "sign-in providers", table: "oidc_provider" },
    ...{ column: "client_secret", key: "workspace_id" },
  }),
];

/** All that a change of the KEK concerns. */
export const wrappedThings: readonly WrappedThing[] = [
  {
    ...{ what: "workspace keys", table: "workspace_key", column: "wrapped", key: "id" },
    ...{ purpose: "workspace-key", place: (id) => id },
  },
  {
    ...{ what: "keys of the installation", table: "installation_key", column: "wrapped", key: "purpose" },
    ...{ purpose: "installation-key", place: (purpose) => purpose },
  },
  ...sealedThings,
];
