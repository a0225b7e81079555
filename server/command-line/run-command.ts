import { text } from "node:stream/consumers";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { auditGrants } from "../audit/grants.js";
import { auditHeadsFile, ConfigError, kekFile, readConfig, type Config } from "../config.js";
import { openDatabase, type Db } from "../db/database.js";
import { migrate } from "../db/migrate.js";
import { DomainError } from "../errors.js";
import { isDatabaseAway } from "../../workflows/ledger/database-away.js";
import { keksOf } from "../keys/keks-of.js";
import { hasAdminWithCredentials } from "../members/account-store.js";
import { createApiToken } from "../members/api-tokens.js";
import { createMembers, firstMembers, type Members } from "../members/members.js";
import { newPasswordHash } from "../members/passwords.js";
import { createTokenSchema } from "../members/token-api.js";
import { createSignInLink, LINK_MS } from "../members/sign-in.js";
import { migrations } from "../migrations.js";
import { createEnvelope } from "../privacy/envelope.js";
import { createKek } from "../privacy/kek.js";
import type { KekPurpose } from "../privacy/kek-source.js";
import { createVault, type Vault } from "../privacy/vault.js";
import { createWorkspaceKeys } from "../privacy/workspace-keys.js";
import { nameRestored, nothingLost, restoreStatus } from "../restore/restore.js";
import { createSourceService } from "../sources/source-service.js";
import { hookUrl } from "../sources/source-routes.js";
import { exportFlow, importFlow } from "./flow-files.js";
import { exportInput, importInput } from "./flow-usage.js";
import { keyStatus } from "./key-status.js";
import { flowTestInput } from "./flow-test-usage.js";
import { dropPreviousKek, rotateKek, rotateKeys, type Keys } from "./keys.js";
import { readWords, UsageError } from "./read-words.js";
import {
  adminInput,
  dropInput,
  grantsInput,
  pointInput,
  rotateInput,
  signInLinkInput,
  sourceInput,
  tokenInput,
  verifyInput,
  type CommandName,
} from "./usage.js";
import { verifyAudit } from "./verify-audit.js";

/** What the machine's own keeper may do without signing in. Prints results alone, errors on standard error. */
interface Context extends Keys {
  readonly members: Members;
  readonly vault: Vault;
  readonly config: Config;
  readonly headsFile: string;
  /** Standard input, without the line end that a shell adds. */
  readonly readInput: () => Promise<string>;
  readonly publicUrl: string;
  readonly installationId: string;
  readonly workspaceId: string;
  readonly adminId: string;
}

type Command = (context: Context, given: unknown) => Promise<string>;

type Environment = Readonly<Record<string, string | undefined>>;

const commands: Readonly<Record<CommandName, Command>> = {
  // Opening the database has migrated it already.
  migrate: () => Promise.resolve("The database is up to date."),
  "sign-in-link": signInLink,
  "admin create": createAdmin,
  "token create": createToken,
  "source show": showSource,
  "flow export": (context, given) => exportFlow(context, exportInput.parse(given).name),
  "flow import": (context, given) => importFlow(context, importInput.parse(given)),
  "flow test": testFlow,
  "audit verify": (context, given) => verifyAudit(context, verifyInput.parse(given)),
  "audit grants": (_context, given) => Promise.resolve(auditGrants(grantsInput.parse(given).role)),
  "keys status": ({ db, kek }) => keyStatus(db, kek),
  "keys rotate-kek": rotateKek,
  "keys drop-kek": (context, given) => dropPreviousKek(context, dropInput.parse(given).id),
  "keys rotate": (context, given) => rotateKeys(context, rotateInput.parse(given).what),
  "restore status": ({ db }) => restoreStatus(db),
  "restore point": restorePoint,
  "restore none": async (context) => {
    await nothingLost(context.db, context);
    return restoreStatus(context.db);
  },
};

async function testFlow({ db, vault, config, workspaceId, adminId }: Context, given: unknown): Promise<string> {
  // Brings every connector's library along, which no other command needs.
  const { testFlows } = await import("../tries/flow-test-command.js");
  return testFlows({ db, vault, config, workspaceId, adminId, flow: flowTestInput.parse(given).flow });
}

async function restorePoint(context: Context, given: unknown): Promise<string> {
  await nameRestored(context.db, context, pointInput.parse(given).time);
  return restoreStatus(context.db);
}

async function signInLink(context: Context, given: unknown): Promise<string> {
  const { db, members, publicUrl, workspaceId, adminId } = context;
  const { minutes, email, "if-needed": onlyIfNeeded } = signInLinkInput.parse(given);
  if (onlyIfNeeded && (await hasAdminWithCredentials(db, publicUrl))) return publicUrl;
  return transact(db, async (tx) => {
    const memberId = email === undefined ? adminId : await members.whoHas(tx, workspaceId, email);
    return createSignInLink(tx, { memberId, publicUrl, validMs: minutes * 60_000 });
  });
}

async function createAdmin(context: Context, given: unknown): Promise<string> {
  const { db, members, publicUrl, workspaceId } = context;
  const { email, name = email, "password-stdin": takesPassword } = adminInput.parse(given);
  const hash = takesPassword ? await newPasswordHash(await context.readInput(), [email, name]) : null;
  return transact(db, async (tx) => {
    const memberId = await members.ensureAdmin(tx, workspaceId, { name, email });
    if (hash !== null) await members.setAdminPassword(tx, { workspaceId, memberId, hash });
    return createSignInLink(tx, { memberId, publicUrl, validMs: LINK_MS.longest });
  });
}

async function createToken({ db, workspaceId }: Context, given: unknown): Promise<string> {
  const { "expires-days": expiresInDays, flows, sources, connections, ...rest } = tokenInput.parse(given);
  const creator = { workspaceId, kind: "system", id: null } as const;
  const things = { flowIds: flows, sourceIds: sources, connectionIds: connections };
  const wanted = createTokenSchema.parse({ ...rest, ...things, expiresInDays });
  const created = await transact(db, (tx) => createApiToken(tx, creator, wanted));
  return created.token;
}

async function showSource({ db, envelope, workspaceId, publicUrl }: Context, given: unknown): Promise<string> {
  const { slug, json } = sourceInput.parse(given);
  // No kinds: they bring every connector's library along, and showing a source needs none.
  const sources = createSourceService({ db, envelope, findKind: () => undefined, forget: () => undefined });
  const found = await transact(db, (tx) => sources.revealed(tx, { workspaceId, kind: "system", id: null }, slug));
  if (!found) throw new UsageError(`There is no source "${slug}". The demo's is made by the first \`npm start\`.`);
  const { row, secret } = found;
  const shown = { id: row.id, url: hookUrl(publicUrl, row.id), secret };
  return json
    ? JSON.stringify(shown)
    : Object.entries(shown)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n");
}

/** Carries out one command and answers what it prints. */
export async function runCommand(
  words: readonly string[],
  environment: Environment,
  io: Partial<Terminal> = {},
): Promise<string> {
  const asked = readWords(words);
  if (asked.kind === "help") return asked.text;
  return withContext(environment, { ...terminal, ...io }, (context) => commands[asked.name](context, asked.given));
}

/** Beside the result, which is printed alone. */
type Terminal = Pick<Context, "readInput" | "tell">;

const readStandardInput = async (): Promise<string> => (await text(process.stdin)).replace(/\r?\n$/, "");

const terminal: Terminal = {
  readInput: readStandardInput,
  tell: (line) => void process.stderr.write(`${line}\n`),
};

/** Migrates first, and makes the installation where there is none: a command may come before the first start. */
async function withContext(
  environment: Environment,
  io: Terminal,
  work: (context: Context) => Promise<string>,
): Promise<string> {
  // The server's configuration, but for Temporal, which no command needs.
  const config = readConfig({ TEMPORAL_ADDRESS: "not-needed", ...environment });
  const { db, pool } = openDatabase({ url: config.databaseUrl, maxConnections: 2, applicationName: "loopwright-cli" });
  try {
    await migrate(db, migrations);
    return await work({ ...io, ...(await contextOf(config, db)) });
  } finally {
    await pool.end();
  }
}

async function contextOf(config: Config, db: Db): Promise<Omit<Context, keyof Terminal>> {
  const kek = createKek(await keksOf(config), mayOpen);
  const vault = createVault(createWorkspaceKeys(kek));
  const members = createMembers(vault);
  const installation = await transact(db, (tx) => members.ensureInstallation(tx, firstMembers));
  const { publicUrl } = config;
  const own = { envelope: createEnvelope(kek), headsFile: auditHeadsFile(config), publicUrl };
  return {
    db,
    members,
    vault,
    config,
    kek,
    kekFile: config.kek === null ? kekFile(config) : null,
    ...own,
    ...installation,
  };
}

/** Whoever changes keys opens everything with the old to seal it with the new. */
const mayOpen: readonly KekPurpose[] = [
  ...(["workspace-key", "secret-inbound", "secret-outbound", "installation-key"] as const),
  ...(["audit-head", "tombstone"] as const),
];

/** What the person at the keyboard can mend exits with 2, what they cannot with 1. */
export function failureOf(error: unknown): { readonly exitCode: number; readonly words: string } {
  const isTheirs = [UsageError, ConfigError, DomainError, z.ZodError].some((kind) => error instanceof kind);
  const said = error instanceof z.ZodError ? error.issues.map(({ message }) => message).join("\n") : messageOf(error);
  const words = isDatabaseAway(error) ? `The database does not answer: is DATABASE_URL right? ${said}` : said;
  return { exitCode: isTheirs ? 2 : 1, words };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));
