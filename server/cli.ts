import { parseArgs } from "node:util";
import { z } from "zod";
import { findSource } from "../integrations/index.js";
import { transact } from "../workflows/ledger/transact.js";
import { ConfigError, kekFile, readConfig } from "./config.js";
import { openDatabase, type Db } from "./db/database.js";
import { migrate } from "./db/migrate.js";
import { createApiToken } from "./members/api-tokens.js";
import { roleSchema } from "./members/member-api.js";
import { createMembers, firstMembers, type Members } from "./members/members.js";
import { createSignInLink, LINK_MS } from "./members/sign-in.js";
import { migrations } from "./migrations.js";
import { createEnvelope, type Envelope } from "./privacy/envelope.js";
import { createKek } from "./privacy/kek.js";
import { readKekSecret } from "./privacy/kek-file.js";
import { createVault } from "./privacy/vault.js";
import { createWorkspaceKeys } from "./privacy/workspace-keys.js";
import { createSourceService } from "./sources/source-service.js";
import { hookUrl } from "./sources/source-routes.js";

/** What the machine's own keeper may do without signing in. Prints results alone, errors on standard error. */
interface Context {
  readonly db: Db;
  readonly members: Members;
  readonly envelope: Envelope;
  readonly publicUrl: string;
  readonly workspaceId: string;
  readonly adminId: string;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

type Command = (context: Context, ...words: string[]) => Promise<string>;

class UsageError extends Error {}

const usage = `Commands:
  sign-in-link                                   a one-time link for the first admin
  admin create --email ADDRESS [--name NAME]     an admin, and a one-time link for them
  token create --role ROLE [--name NAME] [--expires-days DAYS]
  source show SLUG [--json]                      a source's address and signing secret
  migrate                                        bring the database up to date
  help`;

const commands: Readonly<Record<string, Command>> = {
  help: () => Promise.resolve(usage),
  // Opening the database has migrated it already.
  migrate: () => Promise.resolve("The database is up to date."),
  "sign-in-link": ({ db, publicUrl, adminId }) =>
    transact(db, (tx) => createSignInLink(tx, { memberId: adminId, publicUrl, validMs: LINK_MS.longest })),
  "admin create": createAdmin,
  "token create": createToken,
  "source show": showSource,
};

async function createAdmin({ db, members, publicUrl, workspaceId, values }: Context): Promise<string> {
  const email = z.email("--email must be an address").parse(values["email"]);
  const name = typeof values["name"] === "string" ? values["name"] : email;
  return transact(db, async (tx) => {
    const memberId = await members.ensureAdmin(tx, workspaceId, { name, email });
    return createSignInLink(tx, { memberId, publicUrl, validMs: LINK_MS.longest });
  });
}

async function createToken({ db, workspaceId, values }: Context): Promise<string> {
  const role = roleSchema.parse(values["role"]);
  const expiresInDays = z.coerce.number().int().min(1).max(730).default(90).parse(values["expires-days"]);
  const name = typeof values["name"] === "string" ? values["name"] : "Command line";
  const created = await transact(db, (tx) =>
    createApiToken(tx, { workspaceId, kind: "system", id: null }, { name, role, expiresInDays }),
  );
  return created.token;
}

async function showSource({ db, envelope, workspaceId, publicUrl, values }: Context, slug = ""): Promise<string> {
  const sources = createSourceService({ db, envelope, findKind: findSource, forget: () => undefined });
  const found = await sources.revealed(db, workspaceId, slug);
  if (!found) throw new UsageError(`There is no source "${slug}".`);
  const { row, secret } = found;
  const shown = { id: row.id, url: hookUrl(publicUrl, row.id), secret };
  return values["json"]
    ? JSON.stringify(shown)
    : Object.entries(shown)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n");
}

async function run(): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: "string" },
      name: { type: "string" },
      email: { type: "string" },
      "expires-days": { type: "string" },
      json: { type: "boolean" },
    },
  });
  const [first = "help", second = "", ...rest] = positionals;
  const two = commands[`${first} ${second}`];
  const command = two ?? commands[first];
  if (!command) throw new UsageError(`There is no command "${positionals.join(" ")}".\n${usage}`);
  if (command === commands["help"]) return usage;
  const config = readConfig();
  const { db, pool } = openDatabase({ url: config.databaseUrl, maxConnections: 2, applicationName: "loopwright-cli" });
  try {
    await migrate(db, migrations);
    const secret = await readKekSecret({ given: config.kek, file: kekFile(config) });
    const kek = createKek(secret, ["workspace-key", "secret-inbound"]);
    const members = createMembers(createVault(createWorkspaceKeys(kek)));
    const installation = await transact(db, (tx) => members.ensureInstallation(tx, firstMembers));
    const context = {
      db,
      members,
      envelope: createEnvelope(kek),
      publicUrl: config.publicUrl,
      values,
      ...installation,
    };
    return await command(context, ...(two ? rest : [second, ...rest]));
  } finally {
    await pool.end();
  }
}

try {
  process.stdout.write(`${await run()}\n`);
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ConfigError || error instanceof z.ZodError)) throw error;
  const message = error instanceof z.ZodError ? error.issues.map((issue) => issue.message).join("\n") : error.message;
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
