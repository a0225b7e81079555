import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Connection } from "@temporalio/client";
import pg from "pg";
import { afterAll, describe, expect, inject, it } from "vitest";
import { debianBinaries } from "../bin/supervisor/postgres/binaries.js";
import { createProgress } from "../bin/supervisor/progress.js";
import { findTemporalCli } from "../bin/supervisor/temporal/service.js";

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

describe("the namespace job, on a real Temporal", () => {
  it("makes a namespace with the attributes, and changes nothing the second time", async () => {
    const address = inject("temporalAddress");
    const cli = await findTemporalCli(
      "/nowhere",
      createProgress(() => undefined),
    );
    const namespace = `compose-${process.pid}`;
    const env = {
      PATH: `${dirname(cli)}:/usr/bin:/bin`,
      HOME: "/nowhere",
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
    };
    await run("/bin/sh", [script("temporal-namespace.sh")], { env });
    const { stdout } = await run("/bin/sh", [script("temporal-namespace.sh")], { env });
    expect(stdout).toBe(`Temporal is ready: namespace ${namespace}.\n`);

    const connection = await Connection.connect({ address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    await connection.close();
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(["FlowId", "RunState", "WorkspaceId"]));
  }, 300_000);
});

const debian = debianBinaries();
const psql = debian === undefined ? undefined : `${dirname(debian.initdb)}/psql`;

describe.runIf(psql !== undefined && existsSync(psql))("the database's first start, on a real PostgreSQL", () => {
  const admin = new pg.Client({ connectionString: inject("postgres") });

  afterAll(async () => {
    await admin.query("drop database if exists temporal_probe");
    await admin.query("drop role if exists temporal");
    await admin.end();
  });

  it("makes a role that can sign in and make its own databases", async () => {
    await admin.connect();
    const url = new URL(inject("postgres"));
    const password = `it's "quoted" \\ 100%`;
    await run("/bin/sh", [script("postgres-init.sh")], {
      env: {
        PATH: `${dirname(psql ?? "")}:/usr/bin:/bin`,
        PGHOST: url.hostname,
        PGPORT: url.port,
        PGPASSWORD: decodeURIComponent(url.password),
        POSTGRES_USER: url.username,
        POSTGRES_DB: "postgres",
        TEMPORAL_DATABASE_PASSWORD: password,
      },
    });
    const temporal = new pg.Client({
      host: url.hostname,
      port: Number(url.port),
      user: "temporal",
      password,
      database: "postgres",
    });
    await temporal.connect();
    await temporal.query("create database temporal_probe");
    const { rows } = await temporal.query("select rolsuper, rolcreatedb from pg_roles where rolname = current_user");
    await temporal.end();
    expect(rows).toEqual([{ rolsuper: false, rolcreatedb: true }]);
  });
});
