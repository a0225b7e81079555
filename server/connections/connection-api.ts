import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

/** `broken`: its credentials were refused; what needs it waits. `paused`: held by a person or a limit. */
export const connectionStateSchema = z.enum(["ok", "paused", "broken"]);

export const connectionSchema = z.object({
  id: uuidSchema,
  connector: z.string(),
  name: z.string(),
  state: connectionStateSchema,
  /** Why it is paused or broken, in plain words. */
  reason: z.string().nullable(),
  /** The same as a code: `paused_by_member`, `auth_refused`, or what the system said. */
  reasonCode: z.string().nullable(),
  sandbox: z.boolean(),
  /** "Connected as {account} to {target}" */
  account: z.string(),
  target: z.string(),
  config: z.record(z.string(), z.unknown()),
  /** Which secret fields are set; their values are never returned. */
  secretsSet: z.array(z.string()),
  notes: z.array(z.object({ level: z.enum(["ok", "warning"]), message: z.string() })),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  checkedAt: timestampSchema.nullable(),
  /** By action (`name@major`): whether what it did can be found again, as far as the last check found out. */
  exactlyOnce: z.record(z.string(), z.enum(["proved", "looked-up", "none", "author-says"])),
});
export type ConnectionView = z.infer<typeof connectionSchema>;
export const connectionListSchema = z.object({ items: z.array(connectionSchema) });

export const connectorSchema = z.object({
  name: z.string(),
  title: z.string(),
  configSchema: z.record(z.string(), z.unknown()),
  secretSchema: z.record(z.string(), z.unknown()),
  pickers: z.array(z.string()),
});
export const connectorListSchema = z.object({ items: z.array(connectorSchema) });

const settings = { config: z.record(z.string(), z.unknown()), secret: z.record(z.string(), z.string()) };

/** Checked live before it is stored; a refusal is answered 422 `connection_refused` with the system's words. */
export const createConnectionSchema = z.object({
  connector: z.string().max(40),
  name: z.string().trim().min(1).max(80),
  ...settings,
});
/** A secret field that is left out keeps its value. */
export const updateConnectionSchema = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  config: settings.config.optional(),
  secret: settings.secret.optional(),
});

/** `values` is a JSON object of the form's other fields. */
export const optionsQuerySchema = z.object({
  q: z.string().max(100).default(""),
  values: z.string().max(2000).default("{}"),
});
export const optionsSchema = z.object({
  items: z.array(
    z.object({
      value: z.string(),
      /** The system's own id where the value is a name. */
      id: z.string().optional(),
      label: z.string(),
      hint: z.string().optional(),
    }),
  ),
});
