import { join, resolve } from "node:path";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { timingSchema } from "../workflows/temporal/timing.js";

/** Everything that the environment may say, in one place; a wrong value names itself. */
const port = z.coerce.number().int().min(1).max(65_530);
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );
const json = z
  .string()
  .default("{}")
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is not JSON" });
      return z.NEVER;
    }
  });

const isKey = (text: string): boolean => Buffer.from(text, "base64").length === 32;

/** What Express knows by a name, beside addresses and ranges. */
const PROXY_NAMES = ["loopback", "linklocal", "uniquelocal"];
const isProxy = (item: string): boolean => PROXY_NAMES.includes(item) || isIP(item) > 0 || ipaddr.isValidCIDR(item);

const environmentSchema = z.object({
  PORT: port.default(4000),
  /** Address to listen on. */
  HOST: z.string().min(1).default("127.0.0.1"),
  /** What the outside calls us; every callback, webhook and link uses it. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Addresses or ranges of reverse proxies whose X-Forwarded-* headers are believed. */
  TRUSTED_PROXIES: list.refine((items) => items.every(isProxy), "takes addresses and ranges, apart by commas"),
  /** Points that one account or token may use in a minute: a read takes 1, a write 5, a heavy one 50. 0: no limit. */
  API_RATE_LIMIT: z.coerce.number().int().min(0).default(3_000),
  ROLE: z.enum(["all", "api", "worker"]).default("all"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL: z.coerce.number().int().min(4).max(200).default(20),
  /** Namespace, TLS and API key are read by the Temporal SDK's own environment configuration. */
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_UI_URL: z.url().optional(),
  LOOPWRIGHT_DATA_DIR: z.string().min(1).default(".loopwright"),
  /** 32 bytes as base64; without it the key lies in the data folder. */
  LOOPWRIGHT_KEK: z.string().refine(isKey, "must hold 32 bytes as base64").optional(),
  /** Keys that things may still be wrapped by, comma-separated: they are opened with, and wrap nothing more. */
  LOOPWRIGHT_KEK_PREVIOUS: list.refine((keys) => keys.every(isKey), "must hold keys of 32 bytes as base64"),
  LOOPWRIGHT_SANDBOX: z.enum(["on", "off", "auto"]).default("auto"),
  /** Hosts (`host` or `host:port`) that outgoing calls may reach although they are private. */
  LOOPWRIGHT_ALLOW_PRIVATE: list,
  /** Off: every attempt is an activity of its own, and every run has its own driver. The facts are the same. */
  LOOPWRIGHT_FAST_LANE: z.enum(["on", "off"]).default("on"),
  LOOPWRIGHT_PROCESSES_FILE: z.string().optional(),
  LOOPWRIGHT_TIMING: json.pipe(timingSchema),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export interface Config {
  readonly role: "all" | "api" | "worker";
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  readonly rateLimit: number;
  readonly databaseUrl: string;
  readonly databasePool: number;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string | null;
  readonly dataDir: string;
  readonly kek: string | null;
  readonly keksBefore: readonly string[];
  readonly sandbox: "on" | "off" | "auto";
  readonly allowPrivate: readonly string[];
  readonly fastLane: boolean;
  readonly processesFile: string | null;
  readonly timing: z.infer<typeof timingSchema>;
  readonly logLevel: string;
}

export class ConfigError extends Error {}

export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const result = environmentSchema.safeParse(environment);
  if (!result.success) throw new ConfigError(result.error.issues.map(describe).join("\n"));
  const env = result.data;
  return {
    role: env.ROLE,
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/$/, ""),
    trustedProxies: env.TRUSTED_PROXIES,
    rateLimit: env.API_RATE_LIMIT,
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    temporalAddress: env.TEMPORAL_ADDRESS,
    temporalUiUrl: env.TEMPORAL_UI_URL ?? null,
    dataDir: resolve(env.LOOPWRIGHT_DATA_DIR),
    kek: env.LOOPWRIGHT_KEK ?? null,
    keksBefore: env.LOOPWRIGHT_KEK_PREVIOUS,
    sandbox: env.LOOPWRIGHT_SANDBOX,
    allowPrivate: env.LOOPWRIGHT_ALLOW_PRIVATE,
    fastLane: env.LOOPWRIGHT_FAST_LANE === "on",
    processesFile: env.LOOPWRIGHT_PROCESSES_FILE ?? null,
    timing: env.LOOPWRIGHT_TIMING,
    logLevel: env.LOG_LEVEL,
  };
}

/** Where signed ends of the audit's chains are written: take it along in backups, or copy it elsewhere. */
export const auditHeadsFile = (config: Config): string => join(config.dataDir, "audit-heads.jsonl");

/** Keyed hashes of who was erased, for a database that is restored from an older backup: it must not be part of one. */
export const tombstonesFile = (config: Config): string => join(config.dataDir, "erased.jsonl");

export const kekFile = (config: Pick<Config, "dataDir">): string => join(config.dataDir, "kek");

const describe = ({ path, message }: z.core.$ZodIssue): string => `${path.map(String).join(".")}: ${message}`;
