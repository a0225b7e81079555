import { z } from "zod";
import type { Connector } from "../../integrations/connector.js";
import type { connectorSchema, ConnectionView } from "./connection-api.js";
import type { ConnectionRow } from "./connection-store.js";
import { SANDBOX_OFF } from "./sandbox-use.js";

interface Surroundings {
  /** Undefined when it is not installed any more. */
  readonly connector: Connector | undefined;
  readonly sandboxOff: boolean;
}

export function connectionView(row: ConnectionRow, { connector, sandboxOff }: Surroundings): ConnectionView {
  const actions = connector?.actions.filter(({ internal }) => !internal) ?? [];
  const off = row.sandbox && sandboxOff ? [{ level: "warning" as const, message: SANDBOX_OFF }] : [];
  return {
    id: row.id,
    connector: row.connector,
    name: row.name,
    state: row.state,
    reason: reasonWords(row, connector?.title ?? row.connector),
    reasonCode: row.state === "ok" ? null : row.reason,
    sandbox: row.sandbox,
    account: row.account,
    target: row.target,
    config: row.config,
    secretsSet: row.secrets_set,
    notes: [...off, ...row.notes.map(({ level, message }) => ({ level, message }))],
    facts: { ...row.facts },
    checkedAt: row.checked_at?.toISOString() ?? null,
    exactlyOnce: Object.fromEntries(
      actions.map(({ name, major, exactlyOnce }) => [
        `${name}@${major}`,
        typeof exactlyOnce === "function" ? exactlyOnce(row.facts) : exactlyOnce,
      ]),
    ),
  };
}

function reasonWords({ state, reason }: ConnectionRow, title: string): string | null {
  if (state === "ok") return null;
  if (state === "paused") return "Paused by a member. Runs that need it wait.";
  const code = reason === null || reason === "auth_refused" ? "" : ` (${reason})`;
  return `${title} refused the credentials${code}. Runs that need it wait until you enter new ones or resume it.`;
}

/** A connector with its forms as JSON Schema, zod's `meta` kept. */
export function connectorView({ name, title, config, secret, options }: Connector): z.infer<typeof connectorSchema> {
  return { name, title, configSchema: formOf(config), secretSchema: formOf(secret), pickers: Object.keys(options) };
}

function formOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...form } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return form;
}
