import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";
import { freePort } from "../../bin/supervisor/ports.js";
import { createProgress } from "../../bin/supervisor/progress.js";
import { waitForTemporal } from "../../bin/supervisor/temporal/health.js";
import { devServerArgs } from "../../bin/supervisor/temporal/server.js";
import { findTemporalCli } from "../../bin/supervisor/temporal/service.js";
import { lineOf, startChild, type Child } from "../child.js";
import { nodeEnv, posting } from "../peers/incoming.js";
import { PeerUnavailable, reasonOf, versionOf } from "../peers/install.js";
import { installNode24 } from "../peers/node24.js";
import type { Side, SideOptions } from "../side.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = (name: string): string => fileURLToPath(new URL(`../peers/raw-temporal/${name}.ts`, import.meta.url));
const run = promisify(execFile);
const PATIENCE_MS = 60_000;

/** What a programmer would write with Temporal's SDK: a workflow a run, an activity a call; the dev server as the product starts it. */
export async function startRawTemporal(options: SideOptions): Promise<Side> {
  const node = await installNode24();
  const folder = await mkdtemp(join(tmpdir(), "loopwright-bench-temporal-"));
  const cli = await temporalCli(folder);
  const children: { readonly name: string; readonly child: Child }[] = [];
  const stop = async (): Promise<void> => {
    for (const { child } of children.toReversed()) await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const start = (name: string, command: string, args: readonly string[]): Child => {
    const child = startChild(command, args, { name, cwd: root, env: nodeEnv(options) });
    child.process.stdout?.resume();
    children.push({ name, child });
    return child;
  };
  try {
    const address = await startTemporal(cli.path, folder, start);
    const bundle = await bundleIn(folder);
    await lineOf(start("worker", node.path, [program("worker"), address, bundle, options.sinkUrl]), /^ready$/m);
    const [, port = ""] = await lineOf(start("server", node.path, [program("server"), address]), /^port (\d+)$/m);
    return {
      name: "Raw Temporal",
      version: `SDK ${await versionOf(root, "@temporalio/worker")}, server ${cli.server} on Node ${node.version}`,
      event: posting(`http://127.0.0.1:${port}/hook`),
      processes: () => Promise.resolve(children.map(({ name, child: { pid } }) => ({ name, pid }))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The product's own, from wherever it has it. */
async function temporalCli(folder: string): Promise<{ readonly path: string; readonly server: string }> {
  try {
    const path = await findTemporalCli(
      folder,
      createProgress((text) => void process.stderr.write(text)),
    );
    const { stdout } = await run(path, ["--version"]);
    return { path, server: /Server ([\d.]+)/.exec(stdout)?.[1] ?? stdout.trim() };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new PeerUnavailable(`Temporal could not be installed: ${reasonOf(error)}`, { cause: error });
  }
}

type Start = (name: string, command: string, args: readonly string[]) => Child;

/** Durable: a file, and not memory. */
async function startTemporal(cli: string, folder: string, start: Start): Promise<string> {
  const port = await freePort();
  start("temporal", cli, devServerArgs({ port, databaseFile: join(folder, "temporal.db") }));
  const address = `127.0.0.1:${port}`;
  if (!(await waitForTemporal(address, PATIENCE_MS))) throw new Error(`Temporal does not serve at ${address}`);
  return address;
}

/** Bundled ahead, as the SDK's guide has it for production: the worker needs no webpack. */
async function bundleIn(folder: string): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath: program("workflow"), logger: new DefaultLogger("ERROR") });
  const file = join(folder, "workflows.js");
  await writeFile(file, code);
  return file;
}
