import type { ConnectionFacts, Connector, OpenConnection } from "../../integrations/connector.js";
import type { HttpClient } from "../../integrations/http.js";
import type { OpenedConnection } from "../../workflows/ports.js";
import type { Secrets } from "./connection-secrets.js";
import { maskingSecrets } from "./mask-secrets.js";

export interface ConnectionParts {
  readonly id: string;
  readonly connector: Connector;
  readonly config: object;
  readonly secrets: Secrets;
  readonly facts: ConnectionFacts;
}

/** Ready for a call: parsed by its connector, and able to reach its own hosts only. */
export function openParts(
  { id, connector, config, secrets, facts }: ConnectionParts,
  http: HttpClient,
): OpenConnection {
  const parsed = connector.config.parse({ ...config, facts });
  return {
    id,
    // Actions read what the check found out, also where the connector's own schema does not know of it.
    config: { ...parsed, facts },
    secret: connector.secret.parse(secrets),
    http: boundTo(connector.hosts(config), maskingSecrets(http, secrets), Object.keys(secrets).length > 0),
  };
}

/**
 * Whatever address an action, or whoever filled in its form, comes up with: secrets go to the connection's own hosts. Only a
 * connection that names no host and holds no secret may reach any public address.
 */
export function boundTo(hosts: readonly string[], http: HttpClient, hasSecrets: boolean): HttpClient {
  const isFree = hosts.length === 0 && !hasSecrets;
  return {
    send: (request) => http.send(isFree ? request : { ...request, allowedHosts: hosts }),
    // The client is shared: closing it is its owner's business.
    close: () => Promise.resolve(),
  };
}

/** For actions that need no account anywhere. */
export const noConnection = (http: HttpClient): OpenedConnection => ({
  id: "",
  config: {},
  secret: {},
  http: boundTo([], http, false),
  refused: () => Promise.resolve(),
});
