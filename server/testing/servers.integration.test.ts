import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { Connection } from "@temporalio/client";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { inspectProcess } from "../../bin/supervisor/process-table.js";
import { waitFor } from "../../bin/supervisor/wait.js";

const program = `
  import { startTestPostgres, startTestTemporal } from "./server/testing/servers.ts";
  const servers = await Promise.all([startTestPostgres(), startTestTemporal()]);
  console.log(JSON.stringify(servers.map(({ pid }) => pid)));
  setInterval(() => undefined, 1000);
`;

describe("the test servers", () => {
  it("are a PostgreSQL that stores any text", async () => {
    const client = new pg.Client({ connectionString: inject("postgres") });
    await client.connect();
    const { rows } = await client.query<Record<string, string>>("show server_encoding");
    await client.end();
    expect(rows).toEqual([{ server_encoding: "UTF8" }]);
  });

  it("are a Temporal that knows our search attributes", async () => {
    const connection = await Connection.connect({ address: inject("temporalAddress") });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: "default" });
    await connection.close();
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(["FlowId", "RunState", "WorkspaceId"]));
  });

  it("end, and their folders go, when the process that started them is killed", async () => {
    const starter = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface(starter.stdout), "line")) as [string];
    const pids = JSON.parse(line) as number[];
    const folder = /-D (\S+)/.exec(inspectProcess(pids[0]!)?.command ?? "")![1]!;
    expect(pids.map((pid) => inspectProcess(pid) !== undefined)).toEqual([true, true]);

    starter.kill("SIGKILL");

    const left = () => pids.some((pid) => inspectProcess(pid) !== undefined) || existsSync(folder);
    expect(await waitFor(() => (left() ? undefined : "nothing"), { timeoutMs: 90_000 })).toBe("nothing");
  });
});
