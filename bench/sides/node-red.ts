import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../bin/supervisor/ports.js";
import { startChild } from "../child.js";
import { answering } from "../peers/answering.js";
import { nodeEnv, posting } from "../peers/incoming.js";
import { installPeer, versionOf } from "../peers/install.js";
import { nodeRedFlow } from "../peers/node-red-flow.js";
import { installNode24 } from "../peers/node24.js";
import type { Side, SideOptions } from "../side.js";

const VERSION = "5";

/** Node-RED without its editor and its log: one process, everything in memory. */
export async function startNodeRed(options: SideOptions, flow = nodeRedFlow(options.sinkUrl)): Promise<Side> {
  const node = await installNode24();
  const folder = await installPeer({
    name: "node-red",
    version: VERSION,
    dependencies: { "node-red": VERSION },
    node: node.path,
  });
  const userDir = await mkdtemp(join(tmpdir(), "loopwright-bench-node-red-"));
  const port = await freePort();
  await writeFile(
    join(userDir, "settings.js"),
    `module.exports = ${JSON.stringify(settings(userDir, port), null, 2)};\n`,
  );
  await writeFile(join(userDir, "flows.json"), JSON.stringify(flow));
  const program = join(folder, "node_modules/node-red/red.js");
  const args = [program, "--settings", join(userDir, "settings.js"), "--userDir", userDir];
  const child = startChild(node.path, args, { env: nodeEnv(options), cwd: userDir, name: "node-red" });
  child.process.stdout?.resume();
  const stop = async (): Promise<void> => {
    await child.stop();
    await rm(userDir, { recursive: true, force: true });
  };
  await answering(`http://127.0.0.1:${port}/ready`, child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    name: "Node-RED",
    version: `${await versionOf(folder, "node-red")} on Node ${node.version}`,
    event: posting(`http://127.0.0.1:${port}/hook`),
    processes: () => Promise.resolve([{ name: "node-red", pid: child.pid }]),
    stop,
  };
}

const settings = (userDir: string, uiPort: number): object => ({
  uiPort,
  uiHost: "127.0.0.1",
  userDir,
  flowFile: "flows.json",
  credentialSecret: false,
  httpAdminRoot: false,
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { projects: { enabled: false } },
  logging: { console: { level: "off", metrics: false, audit: false } },
  externalModules: { autoInstall: false, palette: { allowInstall: false }, modules: { allowInstall: false } },
  contextStorage: { default: { module: "memory" } },
});
