import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SEARCH_ATTRIBUTES } from "../bin/supervisor/temporal/server.js";

const deploy = fileURLToPath(new URL("./", import.meta.url));
const shellScripts = readdirSync(deploy).filter((name) => name.endsWith(".sh"));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopwright-deploy-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a program on the path that notes its arguments (and its input) and then does what the shell text says. */
function fake(name: string, behaviour = ""): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n${behaviour}\n`);
  chmodSync(file, 0o755);
}
const calls = () => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");

interface Outcome {
  readonly code: number;
  readonly output: string;
}

function run(command: string, args: string[], env: Record<string, string>): Promise<Outcome> {
  const options = { env: { PATH: `${folder}:/usr/bin:/bin`, ...env } };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}
const runScript = (name: string, env: Record<string, string>) => run("/bin/sh", [join(deploy, name)], env);

describe("the scripts that Compose calls", () => {
  it.each(shellScripts)("%s is correct shell", (name) => {
    execFileSync("/bin/sh", ["-n", join(deploy, name)]);
    execFileSync("bash", ["-n", join(deploy, name)]);
    expect(readFileSync(join(deploy, name), "utf8")).toContain("set -eu");
  });
});

describe("the schema job", () => {
  const env = {
    POSTGRES_SEEDS: "postgres",
    POSTGRES_USER: "temporal",
    SQL_PASSWORD: "p",
    DBNAME: "temporal",
    VISIBILITY_DBNAME: "temporal_visibility",
  };

  it("makes and updates both databases, in order, without naming the password", async () => {
    fake("temporal-sql-tool");
    expect(await runScript("temporal-schema.sh", env)).toMatchObject({ code: 0 });
    const prefix = "temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user temporal --database";
    const versions = "/etc/temporal/schema/postgresql/v12";
    expect(calls()).toEqual([
      `${prefix} temporal create-database`,
      `${prefix} temporal setup-schema --version 0.0`,
      `${prefix} temporal update-schema --schema-dir ${versions}/temporal/versioned`,
      `${prefix} temporal_visibility create-database`,
      `${prefix} temporal_visibility setup-schema --version 0.0`,
      `${prefix} temporal_visibility update-schema --schema-dir ${versions}/visibility/versioned`,
    ]);
  });

  it("stops at the first failure", async () => {
    fake("temporal-sql-tool", 'case "$*" in *setup-schema*) exit 1;; esac');
    expect((await runScript("temporal-schema.sh", env)).code).toBe(1);
    expect(calls()).toHaveLength(2);
  });

  it("says which setting is missing", async () => {
    const { code, output } = await runScript("temporal-schema.sh", { ...env, SQL_PASSWORD: "" });
    expect(code).not.toBe(0);
    expect(output).toContain("SQL_PASSWORD");
  });
});

describe("the namespace job", () => {
  const env = { TEMPORAL_ADDRESS: "temporal:7233", TEMPORAL_WAIT_ATTEMPTS: "3", TEMPORAL_WAIT_SECONDS: "0" };

  it("waits for Temporal and makes what is missing: the namespace and the attributes that the product writes", async () => {
    fake("temporal", 'case "$*" in *describe*) exit 1;; *"search-attribute list"*) echo "FlowId Keyword";; esac');
    expect(await runScript("temporal-namespace.sh", env)).toMatchObject({ code: 0 });
    const made = calls().filter((call) => call.includes(" create "));
    expect(made).toEqual([
      "temporal operator namespace create --namespace default --retention 168h --address temporal:7233",
      "temporal operator search-attribute create --namespace default --name RunState --type Keyword --address temporal:7233",
      "temporal operator search-attribute create --namespace default --name WorkspaceId --type Keyword --address temporal:7233",
    ]);
    const script = readFileSync(join(deploy, "temporal-namespace.sh"), "utf8");
    expect(script).toContain(`in ${Object.keys(SEARCH_ATTRIBUTES).join(" ")};`);
  });

  it("gives up after its attempts, with Temporal's own words", async () => {
    fake("temporal", "echo connection refused >&2; exit 1");
    const { code, output } = await runScript("temporal-namespace.sh", env);
    expect(code).toBe(1);
    expect(output).toContain("waiting for Temporal: still failing after 3 attempts");
    expect(output).toContain("connection refused");
    expect(calls()).toHaveLength(4);
  });
});

describe("the database's first start", () => {
  it("makes Temporal's role and hands the password over as a variable of psql, not inside the statement", async () => {
    fake("psql", `cat >> "${folder}/statements"`);
    const env = { POSTGRES_USER: "loopwright", POSTGRES_DB: "loopwright", TEMPORAL_DATABASE_PASSWORD: "it's" };
    expect(await runScript("postgres-init.sh", env)).toMatchObject({ code: 0 });
    expect(calls()).toEqual([
      "psql --set ON_ERROR_STOP=1 --set password=it's --no-psqlrc --quiet --username loopwright --dbname loopwright",
    ]);
    const statements = readFileSync(join(folder, "statements"), "utf8").trim();
    expect(statements).toBe("create role temporal login createdb password :'password';");
  });
});

describe("the api's health check", () => {
  it.each([
    [200, "ok", 0],
    [200, "degraded", 1],
    [503, "ok", 1],
  ])("of HTTP %i with status %s ends with code %i", async (httpStatus, status, code) => {
    const server = createServer((_, response) => response.writeHead(httpStatus).end(JSON.stringify({ status })));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const outcome = await run(process.execPath, [join(deploy, "health.mjs"), `http://127.0.0.1:${port}/`], {});
    server.close();
    expect(outcome).toEqual({ code, output: `HTTP ${httpStatus}, status ${status}\n` });
  });

  it("fails when nobody answers", async () => {
    expect((await run(process.execPath, [join(deploy, "health.mjs"), "http://127.0.0.1:1/"], {})).code).toBe(1);
  });
});

describe("the secrets' script", () => {
  it("makes files that only their owner reads, that fit together, and that it never overwrites", async () => {
    const secrets = join(folder, "secrets");
    const make = () => run(process.execPath, [join(deploy, "make-secrets.mjs"), secrets], {});
    expect((await make()).code).toBe(0);
    const read = (name: string) =>
      Object.fromEntries(
        readFileSync(join(secrets, name), "utf8")
          .trim()
          .split("\n")
          .map((line) => [line.split("=")[0]!, line.slice(line.indexOf("=") + 1)]),
      );
    const [postgres, temporal, own] = [read("postgres.env"), read("temporal.env"), read("loopwright.env")];
    expect(temporal).toEqual({
      POSTGRES_PWD: postgres["TEMPORAL_DATABASE_PASSWORD"],
      SQL_PASSWORD: postgres["TEMPORAL_DATABASE_PASSWORD"],
    });
    expect(new URL(own["DATABASE_URL"]!).password).toBe(postgres["POSTGRES_PASSWORD"]);
    expect(Buffer.from(own["LOOPWRIGHT_KEK"]!, "base64")).toHaveLength(32);
    expect(readdirSync(secrets).map((name) => statSync(join(secrets, name)).mode & 0o777)).toEqual([
      0o600, 0o600, 0o600,
    ]);

    const again = await make();
    expect([again.code, read("loopwright.env")]).toEqual([1, own]);
  });
});
