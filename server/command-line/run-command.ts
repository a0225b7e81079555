import { parseArgs } from "node:util";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { ConfigError, kekFile, readConfig } from "../config.js";
import { openDatabase, type Db } from "../db/database.js";
import { migrate } from "../db/migrate.js";
import { isDatabaseAway } from "../http/problems.js";
import { createApiToken } from "../members/api-tokens.js";
import { roleSchema } from "../members/member-api.js";
import { createMembers, firstMembers, type Members } from "../members/members.js";
import { createSignInLink, LINK_MS } from "../members/sign-in.js";
import { migrations } from "../migrations.js";
import { createEnvelope, type Envelope } from "../privacy/envelope.js";
import { createKek } from "../privacy/kek.js";
import { readKekSecret } from "../privacy/kek-file.js";
import { createVault } from "../privacy/vault.js";
import { createWorkspaceKeys } from "../privacy/workspace-keys.js";
import { nameRestored, nothingLost, restoreStatus } from "../restore/restore.js";
import { createSourceService } from "../sources/source-service.js";
import { hookUrl } from "../sources/source-routes.js";

/** What the machine's own keeper may do without signing in. Prints results alone, errors on standard error. */
interface Context {
  readonly db: Db;
  readonly members: Members;
  readonly envelope: Envelope;
  readonly publicUrl: string;
  readonly installationId: string;
  readonly workspaceId: string;
  readonly adminId: string;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

type Command = (context: Context, ...words: string[]) => Promise<string>;

type Environment = Readonly<Record<string, string | undefined>>;

class UsageError extends Error {}

const usage = `Commands:
  sign-in-link [--minutes N]                     a one-time link for the first admin, good for a day
  admin create --email ADDRESS [--name NAME]     an admin, and a one-time link for them
  token create --role ROLE [--name NAME] [--expires-days DAYS]
  source show SLUG [--json]                      a source's address and signing secret
  migrate                                        bring the database up to date
  restore status                                 whether effects go out, and which backups were restored
  restore point TIME                             a backup that reaches TIME was restored: what may have gone out since is looked up
  restore none                                   another database, and nothing was lost: go on
  help`;

const commands: Readonly<Record<string, Command>> = {
  help: () => Promise.resolve(usage),
  // Opening the database has migrated it already.
  migrate: () => Promise.resolve("The database is up to date."),
  "sign-in-link": signInLink,
  "admin create": createAdmin,
  "token create": createToken,
  "source show": showSource,
  "restore status": ({ db }) => restoreStatus(db),
  "restore point": restorePoint,
  "restore none": async (context) => {
    await nothingLost(context.db, context);
    return restoreStatus(context.db);
  },
};

async function restorePoint(context: Context, time = ""): Promise<string> {
  const wanted = "restore point needs the time that the backup reaches, with its zone: 2026-05-04T12:00:00Z";
  const reaches = new Date(z.iso.datetime({ offset: true, error: wanted }).parse(time));
  if (reaches > new Date()) throw new UsageError("restore point needs a time in the past: that of the backup.");
  await nameRestored(context.db, context, reaches);
  return restoreStatus(context.db);
}

async function signInLink({ db, publicUrl, adminId, values }: Context): Promise<string> {
  const minutes = z.coerce
    .number("--minutes must be a number")
    .int()
    .min(1)
    .max(LINK_MS.longest / 60_000);
  const validMs = values["minutes"] === undefined ? LINK_MS.longest : minutes.parse(values["minutes"]) * 60_000;
  return transact(db, (tx) => createSignInLink(tx, { memberId: adminId, publicUrl, validMs }));
}

async function createAdmin({ db, members, publicUrl, workspaceId, values }: Context): Promise<string> {
  const email = z.email("--email must be an address").parse(values["email"]);
  const name = typeof values["name"] === "string" ? values["name"] : email;
  return transact(db, async (tx) => {
    const memberId = await members.ensureAdmin(tx, workspaceId, { name, email });
    return createSignInLink(tx, { memberId, publicUrl, validMs: LINK_MS.longest });
  });
}

async function createToken({ db, workspaceId, values }: Context): Promise<string> {
  const roles = roleSchema.options.join(", ");
  const role = z.enum(roleSchema.options, `--role must be one of ${roles}`).parse(values["role"]);
  const days = z.coerce.number("--expires-days must be a number").int().min(1).max(730).default(90);
  const expiresInDays = days.parse(values["expires-days"]);
  const name = typeof values["name"] === "string" ? values["name"] : "Command line";
  const creator = { workspaceId, kind: "system", id: null } as const;
  const created = await transact(db, (tx) => createApiToken(tx, creator, { name, role, expiresInDays }));
  return created.token;
}

async function showSource({ db, envelope, workspaceId, publicUrl, values }: Context, slug = ""): Promise<string> {
  // No kinds: they bring every connector's library along, and showing a source needs none.
  const sources = createSourceService({ db, envelope, findKind: () => undefined, forget: () => undefined });
  const found = await sources.revealed(db, workspaceId, slug);
  if (!found) throw new UsageError(`There is no source "${slug}". The demo's is made by the first \`npm start\`.`);
  const { row, secret } = found;
  const shown = { id: row.id, url: hookUrl(publicUrl, row.id), secret };
  return values["json"]
    ? JSON.stringify(shown)
    : Object.entries(shown)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n");
}

/** Carries out one command and answers what it prints. */
export async function runCommand(words: readonly string[], environment: Environment): Promise<string> {
  const { values, positionals } = readArguments(words);
  const [first = "help", second = "", ...rest] = positionals;
  const two = commands[`${first} ${second}`];
  const command = two ?? commands[first];
  if (!command) throw new UsageError(`There is no command "${positionals.join(" ")}".\n${usage}`);
  if (command === commands["help"]) return usage;
  return withContext({ values, environment }, (context) => command(context, ...(two ? rest : [second, ...rest])));
}

function readArguments(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        role: { type: "string" },
        name: { type: "string" },
        email: { type: "string" },
        minutes: { type: "string" },
        "expires-days": { type: "string" },
        json: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** Migrates first, and makes the installation where there is none: a command may come before the first start. */
async function withContext(
  { values, environment }: { values: Context["values"]; environment: Environment },
  work: (context: Context) => Promise<string>,
): Promise<string> {
  // The server's configuration, but for Temporal, which no command needs.
  const config = readConfig({ TEMPORAL_ADDRESS: "not-needed", ...environment });
  const { db, pool } = openDatabase({ url: config.databaseUrl, maxConnections: 2, applicationName: "loopwright-cli" });
  try {
    await migrate(db, migrations);
    const secret = await readKekSecret({ given: config.kek, file: kekFile(config) });
    const kek = createKek(secret, ["workspace-key", "secret-inbound"]);
    const members = createMembers(createVault(createWorkspaceKeys(kek)));
    const installation = await transact(db, (tx) => members.ensureInstallation(tx, firstMembers));
    const { publicUrl } = config;
    return await work({ db, members, envelope: createEnvelope(kek), publicUrl, values, ...installation });
  } finally {
    await pool.end();
  }
}

/** What the person at the keyboard can mend exits with 2, what they cannot with 1. */
export function failureOf(error: unknown): { readonly exitCode: number; readonly words: string } {
  const isTheirs = error instanceof UsageError || error instanceof ConfigError || error instanceof z.ZodError;
  const said = error instanceof z.ZodError ? error.issues.map(({ message }) => message).join("\n") : messageOf(error);
  const words = isDatabaseAway(error) ? `The database does not answer: is DATABASE_URL right? ${said}` : said;
  return { exitCode: isTheirs ? 2 : 1, words };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));
