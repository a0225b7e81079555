import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePortBlock } from "./supervisor/testing/port-block.js";
import { systemHome } from "./supervisor/postgres/home.js";
import { createInstallation, isAlive } from "./supervisor/testing/installation.js";
import type { Installation, Started } from "./supervisor/testing/installation.js";
import { waitFor } from "./supervisor/wait.js";

const ROLES = ["api", "postgres", "sandbox", "temporal", "worker"];

let installation: Installation;
let port: number;
const starts: Started[] = [];

beforeEach(async () => {
  port = await freePortBlock();
  installation = createInstallation(port);
});

afterEach(async () => {
  for (const { supervisor, ended } of starts.splice(0)) {
    if (supervisor.exitCode === null && supervisor.signalCode === null) supervisor.kill("SIGTERM");
    await ended();
  }
  for (const { pid } of installation.processes().filter(isAlive)) process.kill(pid, "SIGKILL");
  installation.remove();
});

function start(env: Record<string, string> = {}): Started {
  const started = installation.start(env);
  starts.push(started);
  return started;
}

async function startReady(): Promise<Started> {
  const started = start();
  await started.ready();
  return started;
}

const pidOf = (role: string) => installation.processes().find((process) => process.role === role)?.pid;

/** Waits until the role runs under another pid than before. */
const replaced = (role: string, pid: number | undefined) =>
  waitFor(() => (pidOf(role) !== undefined && pidOf(role) !== pid ? true : undefined), { timeoutMs: 90_000 });

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: (await installation.apiEnvironment()).DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the supervisor", () => {
  it("starts every process, ends with a sign-in link, and leaves nothing after Ctrl-C", async () => {
    const { supervisor, lines, ended } = await startReady();
    const processes = installation.processes();
    expect(processes.map(({ role }) => role).sort()).toEqual(ROLES);
    expect(lines.at(-1)).toBe(`Loopwright is ready: http://127.0.0.1:${port}/sign-in/once`);
    expect(await query("select current_database() as name")).toEqual([{ name: "loopwright" }]);

    supervisor.kill("SIGINT");

    expect(await ended()).toBe(0);
    expect(processes.filter(isAlive)).toEqual([]);
    expect(installation.processes()).toEqual([]);
    expect(existsSync(join(installation.dataDir, "supervisor.lock"))).toBe(false);
  });

  it("starts again what dies: a role, Temporal, and PostgreSQL with its data", async () => {
    const { lines } = await startReady();
    await query("create table kept as select 1 as id");
    for (const role of ["worker", "temporal", "postgres"]) {
      const pid = pidOf(role)!;
      process.kill(pid, "SIGKILL");
      expect(await replaced(role, pid)).toBe(true);
      expect(lines.some((line) => line.startsWith(`${role} ended (signal SIGKILL`))).toBe(true);
    }
    const rows = await waitFor(() => query("select id from kept").catch(() => undefined), { timeoutMs: 90_000 });
    expect(rows).toEqual([{ id: 1 }]);
  });

  it("finds every stored row after everything was killed", async () => {
    const first = await startReady();
    await query("create table kept as select 1 as id");
    await installation.killEverything(first);

    await startReady();

    expect(await query("select id from kept")).toEqual([{ id: 1 }]);
    expect(
      installation
        .processes()
        .map(({ role }) => role)
        .sort(),
    ).toEqual(ROLES);
  });

  it("takes over a running PostgreSQL and ends the other processes of a killed supervisor", async () => {
    const first = await startReady();
    const before = installation.processes();
    first.supervisor.kill("SIGKILL");
    await first.ended();

    await startReady();

    expect(pidOf("postgres")).toBe(before.find(({ role }) => role === "postgres")?.pid);
    expect(before.filter(isAlive).map(({ role }) => role)).toEqual(["postgres"]);
  });

  it("is not stopped by a lock file of PostgreSQL whose pid another program has by now", async () => {
    const first = await startReady();
    await query("create table kept as select 1 as id");
    await installation.killEverything(first);
    const pidFile = join(installation.dataDir, "postgres", "data", "postmaster.pid");
    writeFileSync(pidFile, readFileSync(pidFile, "utf8").replace(/^\d+/, String(process.pid)));

    await startReady();

    expect(await query("select id from kept")).toEqual([{ id: 1 }]);
  });

  it.runIf(process.getuid?.() === 0)(
    "puts the database where its user can reach it, says so, and finds it again",
    async () => {
      installation.remove();
      installation = createInstallation(port, 0o700);
      const first = await startReady();
      await query("create table kept as select 1 as id");
      expect(first.lines.join("\n")).toContain(`the database stands in ${systemHome(installation.dataDir)}`);
      first.supervisor.kill("SIGINT");
      await first.ended();
      chmodSync(dirname(installation.dataDir), 0o711);

      const second = await startReady();

      expect(second.lines.join("\n")).toContain(`An earlier start could not use ${installation.dataDir}`);
      expect(await query("select id from kept")).toEqual([{ id: 1 }]);
    },
  );

  it("does not begin an empty database where one stood", async () => {
    const first = await startReady();
    first.supervisor.kill("SIGINT");
    await first.ended();
    rmSync(join(installation.dataDir, "postgres"), { recursive: true });

    const second = start();

    expect(await second.ended()).toBe(1);
    expect(second.lines.join("\n")).toContain("is not there any more. Bring it back.");
  });

  it("refuses a second start on the same folder and names the first", async () => {
    const { supervisor } = await startReady();
    const second = start();
    expect(await second.ended()).toBe(1);
    expect(second.lines.join("\n")).toContain(
      `already runs on ${installation.dataDir} (process ${supervisor.pid ?? 0})`,
    );
    expect(installation.processes().filter(isAlive)).toHaveLength(ROLES.length);
  });

  it("says which port another program has, and starts nothing", async () => {
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    const refused = start();
    expect(await refused.ended()).toBe(1);
    expect(refused.lines.join("\n")).toContain(`Port ${port} is in use by another program`);
    expect(installation.processes()).toEqual([]);
    other.close();
  });

  it("is ready as an api on its own, and says what does not work beside it", async () => {
    const { lines, ready } = start({ ROLE: "api" });
    await ready();
    expect(lines.slice(-2)).toEqual([
      "The sandbox is off.",
      `Loopwright is ready: http://127.0.0.1:${port}/sign-in/once`,
    ]);
    expect(pidOf("sandbox")).toBeUndefined();
  });

  it("prints no link any more once an admin can sign in by themselves, and how to get one", async () => {
    const { lines, ready } = start({ ROLE: "api", KNOWN_ADMIN: "yes" });
    await ready();
    expect(lines.at(-2)).toContain("npm run --silent cli -- sign-in-link");
    expect(lines.at(-1)).toBe(`Loopwright is ready: http://127.0.0.1:${port}`);
  });

  it.each(["api", "worker"])(
    "stops at once where the %s refuses its configuration, and says why last",
    async (role) => {
      const refused = start({ REFUSED_BY: role });
      expect(await refused.ended()).toBe(1);
      expect(refused.lines.slice(-3)).toEqual([
        "Loopwright stops: The configuration cannot be used:",
        "HOST: 0.0.0.0 can be reached.",
        "  MAKE=one first",
      ]);
      expect(refused.lines.join("\n")).not.toContain("starting it again");
      expect(installation.processes()).toEqual([]);
    },
  );

  it("names a wrong setting and exits", async () => {
    const refused = start({ ROLE: "both" });
    expect(await refused.ended()).toBe(1);
    expect(refused.lines.join("\n")).toContain('ROLE is "both"; it must be one of all, api, worker.');
  });
});

describe("the command line", () => {
  it("starts the database for one command while no server runs, stops it again, and ends as the command did", async () => {
    const { code, output } = await installation.command("database");
    expect(code).toBe(0);
    expect(output).toMatch(/postgres:\/\/loopwright:[^@]+@127\.0\.0\.1:\d+\/loopwright$/);
    expect(existsSync(join(installation.dataDir, "postgres", "data", "postmaster.pid"))).toBe(false);
    expect((await installation.command("no-such-command")).code).toBe(3);
  });

  it("uses the running server's database", async () => {
    await startReady();
    const { output } = await installation.command("database");
    expect(output.split("\n").at(-1)).toBe((await installation.apiEnvironment()).DATABASE_URL);
  });
});
