import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoSettings } from "../../integrations/generic/index.js";
import { findSource } from "../../integrations/index.js";
import { startChainer } from "../audit/chainer.js";
import { createHeadSigner } from "../audit/head-signer.js";
import { auditHeadsFile, kekFile, readConfig } from "../config.js";
import { openDatabase } from "../db/database.js";
import { refuseOpenDoor } from "../members/open-door.js";
import { redeemSignInLink } from "../members/sign-in.js";
import { tokenActor } from "../members/token-actor.js";
import { createKek } from "../privacy/kek.js";
import { createSourceService } from "../sources/source-service.js";
import { createEmptyDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import { silentLog } from "../testing/silent-log.js";
import { failureOf, runCommand } from "./run-command.js";
import { transact } from "../../workflows/ledger/transact.js";
import { until } from "../../workflows/testing/until.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "loopwright-cli-"));
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let open: ReturnType<typeof openDatabase>;
let environment: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  database = await createEmptyDatabase();
  open = openDatabase({ url: database.url, maxConnections: 2, applicationName: "test" });
  environment = { PATH: process.env["PATH"], DATABASE_URL: database.url, LOOPWRIGHT_DATA_DIR: dataDir, PORT: "4711" };
});
afterAll(async () => {
  await open.db.destroy();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function command(words: readonly string[], env = environment): Promise<Ended> {
  try {
    return { code: 0, out: await runCommand(words, env), err: "" };
  } catch (error) {
    const { exitCode, words: err } = failureOf(error);
    return { code: exitCode, out: "", err };
  }
}

/** The program itself, as a process. */
const program = (words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const args = ["--import", "tsx", "server/cli.ts", ...words];
    const child = execFile(process.execPath, args, { cwd: root, env: environment }, (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });

describe("the command line", () => {
  it("makes a token on a database that is still empty, and prints it alone", async () => {
    const { code, out, err } = await program(["token", "create", "--role", "admin"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^lwt_[\w-]{43}\n$/);
    expect(await tokenActor(open.db, out.trim())).toMatchObject({ kind: "token", role: "admin" });
    const file = kekFile(readConfig({ ...environment, TEMPORAL_ADDRESS: "x" }));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("prints a sign-in link that works once, whoever asked for others at the same time", async () => {
    const links = await Promise.all([command(["sign-in-link"]), command(["sign-in-link", "--minutes", "5"])]);
    for (const { out } of links) {
      expect(out).toMatch(/^http:\/\/127\.0\.0\.1:4711\/sign-in\?token=[\w-]{43}$/);
      const token = new URL(out.trim()).searchParams.get("token") ?? "";
      expect(await transact(open.db, (tx) => redeemSignInLink(tx, token))).not.toBeNull();
      expect(await transact(open.db, (tx) => redeemSignInLink(tx, token))).toBeNull();
    }
    const { rows } = await sql`select count(*)::int as installations from installation`.execute(open.db);
    expect(rows).toEqual([{ installations: 1 }]);
  });

  it("makes an admin and prints their link", async () => {
    const { out } = await command(["admin", "create", "--email", "grace@example.org", "--name", "Grace"]);
    expect(out).toMatch(/^http.+\/sign-in\?token=/);
    const { rows } = await sql`select count(*)::int as admins from member where role = 'admin'`.execute(open.db);
    expect(rows).toEqual([{ admins: 2 }]);
  });

  it("prints a link for the member with an address, or says that there is none", async () => {
    const { code, out } = await command(["sign-in-link", "--email", " Grace@Example.org".trim()]);
    const { rows } = await sql<{ id: string }>`
      select member_id as id from sign_in_link order by expires_at desc limit 1`.execute(open.db);
    const { rows: grace } = await sql<{ id: string }>`
      select id from member where role = 'admin' order by id desc limit 1`.execute(open.db);
    expect({ code, isLink: out.includes("/sign-in?token="), rows }).toEqual({ code: 0, isLink: true, rows: grace });
    const nobody = await command(["sign-in-link", "--email", "nobody@example.org"]);
    expect(nobody).toMatchObject({ code: 2, out: "" });
    expect(nobody.err).toContain("There is no such member who may sign in.");
  });

  it("shows a source with its secret, as JSON on one line", async () => {
    const { envelope } = createTestKeys(Buffer.from(await readFile(join(dataDir, "kek"), "utf8"), "base64"));
    const { rows } = await sql<{ id: string }>`select id from workspace`.execute(open.db);
    const sources = createSourceService({ db: open.db, envelope, findKind: findSource, forget: () => undefined });
    const changer = { kind: "system", id: null, workspaceId: rows[0]?.id ?? "" } as const;
    const made = await sources.create(changer, { name: "Demo", slug: "demo", kind: "generic", settings: demoSettings });
    const { out } = await command(["source", "show", "demo", "--json"]);
    const url = `http://127.0.0.1:4711/hooks/${made.row.id}`;
    expect(JSON.parse(out)).toEqual({ id: made.row.id, url, secret: made.secret });
    expect((await command(["source", "show", "demo"])).out).toContain(`secret: ${made.secret}`);
  });

  it("says whether effects go out, and lets a restored database go on from a point, or as it is", async () => {
    expect((await command(["restore", "status"])).out).toBe("Effects go out.");
    const restored = () => sql`update ledger_state set identity = 'the database of before'`.execute(open.db);
    await restored();
    expect((await command(["restore", "status"])).out).toContain("npm run cli -- restore point");
    const point = await command(["restore", "point", "2026-01-05T12:00:00+02:00"]);
    expect(point.out).toMatch(
      /^Effects go out\.\nA backup that reaches 2026-01-05T10:00:00\.000Z was restored; named /,
    );
    await restored();
    expect((await command(["restore", "none"])).out).toBe(point.out);
    const { rows } = await sql`select action, data from audit_event where action like 'restore.%' order by id`.execute(
      open.db,
    );
    expect(rows).toEqual([
      { action: "restore.point_named", data: { reaches: "2026-01-05T10:00:00.000Z" } },
      { action: "restore.nothing_lost", data: {} },
    ]);
  });

  it("makes an admin with a password, without whom the product does not listen to other machines", async () => {
    const config = { host: "0.0.0.0", publicUrl: "http://127.0.0.1:4000", port: 4010, dataDir: "/srv/loop wright" };
    const door = { db: open.db, config };
    await refuseOpenDoor({ ...door, config: { ...door.config, host: "127.0.0.1" } });
    expect((await command(["sign-in-link", "--if-needed"])).out).toContain("/sign-in?token=");
    await expect(refuseOpenDoor(door)).rejects.toThrow(
      "no admin has a password yet. Make one first:\n" +
        "  PORT=4010 LOOPWRIGHT_DATA_DIR='/srv/loop wright' npm run --silent cli -- admin create",
    );
    const usual = { ...config, port: 4000, dataDir: resolve(".loopwright") };
    await expect(refuseOpenDoor({ ...door, config: usual })).rejects.toThrow(":\n  npm run --silent cli");
    const words = ["admin", "create", "--email", "ada@example.com", "--password-stdin"];
    const weak = await runCommand(words, environment, { readInput: () => Promise.resolve("ada@example.com!") }).catch(
      failureOf,
    );
    expect(weak).toMatchObject({ words: expect.stringContaining("easy to guess") as string });
    await runCommand(words, environment, { readInput: () => Promise.resolve("nine green umbrellas") });
    await refuseOpenDoor(door);
    expect((await command(["sign-in-link", "--if-needed"])).out).toBe("http://127.0.0.1:4711");
    expect((await command(["sign-in-link"])).out).toContain("/sign-in?token=");
  });

  it("follows the audit's chain, holds it against a copy of its signed ends, and says where it is broken", async () => {
    const errors: unknown[] = [];
    const headsFile = auditHeadsFile(readConfig({ ...environment, TEMPORAL_ADDRESS: "x" }));
    const kek = createKek(Buffer.from(await readFile(join(dataDir, "kek"), "utf8"), "base64"), ["audit-head"]);
    const chainer = startChainer({
      ...{ db: open.db, headsFile, log: silentLog, onError: (error) => errors.push(error) },
      signer: () => createHeadSigner(kek.seed("audit-head")),
    });
    await until(
      () => readFile(headsFile, "utf8").catch(() => ""),
      (text) => text.endsWith("\n"),
      { what: "the first signed end" },
    );
    await chainer.stop();
    expect(errors).toEqual([]);
    const whole = await command(["audit", "verify"]);
    expect(whole.out).toMatch(/^My workspace: \d+ events, 2 signed ends\. The chain is whole\.$/);
    expect(await command(["audit", "verify", "--heads", headsFile])).toEqual(whole);
    await transact(open.db, async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`update audit_event set actor_kind = 'member' where seq = 2`.execute(tx);
    });
    const broken = await command(["audit", "verify"]);
    expect(broken).toMatchObject({ code: 1, out: "" });
    expect(broken.err).toMatch(
      /^My workspace: 1 events, 2 signed ends\. Event 2 \(.*\) was changed after it was chained\.$/,
    );
  });

  it.each([
    [["audit", "verify", "--heads", "/nowhere/heads.jsonl"], "--heads names a file that is not there"],
    [["audit", "verify", "--heads", fileURLToPath(import.meta.url)], "Line 1 of"],
    [["restore", "point"], "restore point needs the time that the backup reaches, with its zone"],
    [["restore", "point", "yesterday"], "restore point needs the time that the backup reaches, with its zone"],
    [
      ["restore", "point", "2026-01-05T12:00:00"],
      "restore point needs the time that the backup reaches, with its zone",
    ],
    [["restore", "point", "2999-01-05T12:00:00Z"], "restore point needs a time in the past"],
    [["token", "create"], "--role must be one of viewer, builder"],
    [["token", "create", "--role", "king"], "--role must be one of viewer, builder"],
    [["token", "create", "--role", "admin", "--expires-days", "soon"], "--expires-days must be a number"],
    [["sign-in-link", "--minutes", "0"], "--minutes must be a number from 1 to 1440"],
    [["admin", "create"], "--email must be an address"],
    [["source", "show", "nothing"], 'There is no source "nothing"'],
    [["keys", "rotate"], "--what must be one of workspace, connections"],
    [["keys", "drop-kek"], "keys drop-kek needs the key's id"],
    [["keys", "drop-kek", "0123456789abcdef"], "There is no key 0123456789abcdef in"],
    [["audit", "grants"], "audit grants needs the role"],
    [["audit", "grants", "app; drop table run"], "A role's name has small letters"],
    [["dance"], 'There is no command "dance"'],
    [["migrate", "--fast"], "Unknown option '--fast'"],
  ])("%j says what is wrong and exits with 2", async (words, message) => {
    const { code, out, err } = await command(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  it("ends its process with the code, and keeps standard output clean", async () => {
    const { code, out, err } = await program(["dance"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).not.toMatch(/^\s+at /m);
  });

  it("says that the database is away, and exits with 1", async () => {
    const { code, err } = await command(["migrate"], { ...environment, DATABASE_URL: "postgres://x:y@127.0.0.1:1/z" });
    expect(code).toBe(1);
    expect(err).toMatch(/^The database does not answer/);
  });

  it("names a wrong setting", async () => {
    const { code, err } = await command(["migrate"], { ...environment, PORT: "many" });
    expect(code).toBe(2);
    expect(err).toMatch(/^PORT: /);
  });

  it("changes a key that comes from the environment, in the order that a person can, and says what to do at each step", async () => {
    const [before, now] = [await readFile(join(dataDir, "kek"), "utf8"), randomBytes(32).toString("base64")];
    const under = (key: string, ...previous: string[]) => ({
      ...environment,
      LOOPWRIGHT_KEK: key,
      LOOPWRIGHT_KEK_PREVIOUS: previous.join(),
    });
    const rotate = ["keys", "rotate-kek"];
    expect((await command(rotate, under(before))).out).toContain("put the new key into LOOPWRIGHT_KEK_PREVIOUS");
    const tooEarly = await command(rotate, under(now));
    expect(tooEarly).toMatchObject({ code: 2, out: "" });
    expect(tooEarly.err).toContain("Put what is missing back into LOOPWRIGHT_KEK_PREVIOUS");
    expect((await command(["keys", "status"], under(now))).out).toContain(
      "MISSING, belongs into LOOPWRIGHT_KEK_PREVIOUS",
    );
    const done = await command(rotate, under(now, before));
    expect(done.out).toContain("The key before can leave LOOPWRIGHT_KEK_PREVIOUS.");
    expect((await command(["source", "show", "demo"], under(now))).out).toContain("secret: whsec_");
    expect((await command(["source", "show", "demo"], under(before))).err).toContain("was written under the key");
  });
});
