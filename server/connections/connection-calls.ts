import type {
  ConnectionCheck,
  ConnectionFacts,
  Connector,
  OpenConnection,
  PickerOption,
} from "../../integrations/connector.js";
import type { HttpClient } from "../../integrations/http.js";
import { badRequest, notFound } from "../errors.js";
import type { Envelope } from "../privacy/envelope.js";
import { forWorker, invalidPart, otherHosts, refusedBy } from "./connection-problems.js";
import { fieldsFor, openSecrets, sealSecrets, type SealedSecrets, type Secrets } from "./connection-secrets.js";
import { openParts } from "./open-connection.js";

/** A connection as stored; `given` fields come on top of it. */
export interface StoredConnection {
  readonly config: Readonly<Record<string, unknown>>;
  readonly facts: ConnectionFacts;
  readonly secret_inbound: Buffer;
  readonly secret_outbound: Buffer;
  readonly secrets_set: readonly string[];
}

export interface CheckRequest {
  readonly id: string;
  readonly connector: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Secrets;
  readonly stored: StoredConnection | null;
}

export interface Checked {
  readonly config: object;
  readonly check: ConnectionCheck;
  readonly sealed: SealedSecrets;
}

export interface OptionsRequest {
  readonly id: string;
  readonly connector: string;
  readonly stored: StoredConnection;
  readonly picker: string;
  readonly query: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Everything that calls a system with a connection's secrets on behalf of a person who waits for the answer. */
export interface ConnectionCalls {
  /** Merges, checks live and seals. Throws a DomainError in the system's words. */
  check(request: CheckRequest): Promise<Checked>;
  options(request: OptionsRequest): Promise<readonly PickerOption[]>;
}

export interface ConnectionCallsDependencies {
  readonly envelope: Envelope;
  readonly http: HttpClient;
  readonly findConnector: (name: string) => Connector | undefined;
  /** An api process of its own may not: `createRemoteCalls` asks a worker then. */
  readonly mayOpenOutbound: boolean;
}

const CHECK_MS = 20_000;
const OPTIONS_MS = 15_000;

export function createConnectionCalls(dependencies: ConnectionCallsDependencies): ConnectionCalls {
  const { http, envelope } = dependencies;
  const connectorOf = (name: string): Connector => {
    const connector = dependencies.findConnector(name);
    if (!connector) throw badRequest("unknown_connector", `There is no connector called ${name}.`);
    return connector;
  };

  return {
    async check(request) {
      const connector = connectorOf(request.connector);
      const { id } = request;
      const config = parseConfig(connector, request.config);
      const secrets = {
        ...keptSecrets(dependencies, connector, { ...request, config }),
        ...given(connector, request.secrets),
      };
      const secret = connector.secret.safeParse(secrets);
      if (secret.error) throw invalidPart("secret", secret.error, secrets);
      refuseHomeless(connector, config, secrets);
      const connection = openParts({ id, connector, config, secrets, facts: {} }, http);
      const check = await withinTime(connector.title, CHECK_MS, (signal) => connector.check(connection, signal));
      return { config, check, sealed: sealSecrets(envelope, connector, { id, secrets }) };
    },

    async options({ id, connector: name, stored, picker, query, values }) {
      const connector = connectorOf(name);
      const load = connector.options[picker];
      if (!load) throw notFound("list of options");
      const connection = openStored(dependencies, connector, id, stored);
      return withinTime(connector.title, OPTIONS_MS, (signal) => load(connection, { query, values, signal }));
    },
  };
}

function parseConfig(connector: Connector, given: Readonly<Record<string, unknown>>): object {
  // Facts are found out by a check, never entered.
  const { facts: _, ...config } = given;
  const parsed = connector.config.safeParse(config);
  if (parsed.error) throw invalidPart("config", parsed.error, config);
  return parsed.data;
}

/** Fields that the connector declares, and that were not left empty. */
const given = (connector: Connector, secrets: Secrets): Secrets =>
  Object.fromEntries(Object.entries(secrets).filter(([field, value]) => field in connector.secretUse && value !== ""));

/** A secret that is not entered again goes to the hosts it was entered for, and nowhere else. */
function keptSecrets(
  dependencies: ConnectionCallsDependencies,
  connector: Connector,
  { id, config, secrets, stored }: Omit<CheckRequest, "config"> & { readonly config: object },
): Secrets {
  if (!stored) return {};
  const entered = given(connector, secrets);
  const kept = stored.secrets_set.filter((field) => entered[field] === undefined);
  if (kept.length > 0 && !sameHosts(connector, stored.config, config)) throw otherHosts(kept);
  return openFields(dependencies, connector, { id, stored, fields: kept });
}

interface Fields {
  readonly id: string;
  readonly stored: StoredConnection;
  readonly fields: readonly string[];
}

/** Opens no more envelopes than the fields need; an api may not open outbound ones. */
function openFields(
  { envelope, mayOpenOutbound }: ConnectionCallsDependencies,
  connector: Connector,
  { id, stored, fields }: Fields,
): Secrets {
  const [inbound, outbound] = [fieldsFor(connector, "inbound"), fieldsFor(connector, "outbound")];
  const unopenable = mayOpenOutbound ? [] : fields.filter((field) => !inbound.includes(field));
  if (unopenable.length > 0) throw forWorker(unopenable);
  const fromOutbound = mayOpenOutbound ? fields.filter((field) => outbound.includes(field)) : [];
  const fromInbound = fields.filter((field) => !fromOutbound.includes(field));
  const opened = {
    ...(fromInbound.length > 0 && openSecrets(envelope, "inbound", { id, bytes: stored.secret_inbound })),
    ...(fromOutbound.length > 0 && openSecrets(envelope, "outbound", { id, bytes: stored.secret_outbound })),
  };
  return Object.fromEntries(Object.entries(opened).filter(([field]) => fields.includes(field)));
}

const sameHosts = (connector: Connector, before: object, after: object): boolean =>
  connector.hosts(before).toSorted().join() === connector.hosts(after).toSorted().join();

function refuseHomeless(connector: Connector, config: object, secrets: Secrets): void {
  if (connector.hosts(config).length > 0 || Object.keys(secrets).length === 0) return;
  throw badRequest("invalid_request", "Give the address that the secret belongs to: it is sent to no other.", {
    fields: { config: "Give the address that the secret belongs to" },
  });
}

/** As a worker would: an option loader reads, so it needs what a call needs. */
function openStored(
  dependencies: ConnectionCallsDependencies,
  connector: Connector,
  id: string,
  stored: StoredConnection,
): OpenConnection {
  const fields = stored.secrets_set.filter((field) => fieldsFor(connector, "outbound").includes(field));
  const secrets = openFields(dependencies, connector, { id, stored, fields });
  return openParts({ id, connector, config: stored.config, secrets, facts: stored.facts }, dependencies.http);
}

async function withinTime<Result>(
  title: string,
  ms: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const signal = AbortSignal.timeout(ms);
  try {
    return await work(signal);
  } catch (error) {
    throw refusedBy(title, error, signal.aborted);
  }
}
