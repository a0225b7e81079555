import type { Action, Connector, OpenConnection } from "../../integrations/connector.js";
import type { HttpClient } from "../../integrations/http.js";
import { SECRET } from "../../integrations/rehearsal.js";
import { rehearse, type Rehearsed } from "../../integrations/rehearse.js";
import { connectorOfAction } from "../../workflows/flow/action-name.js";
import type { PlannedEffect } from "../../workflows/flow/evaluation.js";
import { fieldsFor } from "../connections/connection-secrets.js";
import type { ConnectionRow } from "../connections/connection-store.js";
import { boundTo, noConnection } from "../connections/open-connection.js";

export interface RehearsalDependencies {
  readonly findAction: (ref: string) => Action | undefined;
  readonly findConnector: (name: string) => Connector | undefined;
  readonly allowPrivate: readonly string[];
  /** Of the sandbox while it runs; none otherwise. */
  readonly sandboxHosts: readonly string[];
}

/** The request of an effect, by the code that would send it. No secret is opened: only workers may, and none is needed. */
export async function rehearseEffect(
  { findAction, findConnector, ...hosts }: RehearsalDependencies,
  { action: ref, input }: Pick<PlannedEffect, "action" | "input">,
  row: ConnectionRow | undefined,
): Promise<Rehearsed> {
  const action = findAction(ref);
  const connector = findConnector(row?.connector ?? connectorOfAction(ref));
  if (!action || !connector) throw new Error(`${ref} is not installed`);
  const open = row ? (http: HttpClient) => openWithoutSecrets(row, connector, http) : noConnection;
  const allowPrivate = [...hosts.allowPrivate, ...(row?.sandbox ? hosts.sandboxHosts : [])];
  return rehearse({ action, input, open, rehearsal: connector.rehearsal, egress: { allowPrivate } });
}

function openWithoutSecrets(row: ConnectionRow, connector: Connector, http: HttpClient): OpenConnection {
  const { id, config, facts, secrets_set: entered } = row;
  const needed = fieldsFor(connector, "outbound").filter((field) => entered.includes(field));
  return {
    id,
    config: { ...connector.config.parse({ ...config, facts }), facts },
    secret: Object.fromEntries(needed.map((field) => [field, SECRET])),
    http: boundTo(connector.hosts(config), http, needed.length > 0),
  };
}
