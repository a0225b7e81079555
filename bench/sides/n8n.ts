import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../bin/supervisor/ports.js";
import { lineOf, startChild, type Child } from "../child.js";
import { nodeEnv, posting } from "../peers/incoming.js";
import { installN8n, type N8n } from "../peers/install-n8n.js";
import { runIn } from "../peers/install.js";
import { n8nWorkflow, WORKFLOW_ID } from "../peers/n8n-workflow.js";
import type { Side, SideOptions } from "../side.js";

/** n8n as `n8n start` runs it: one process, SQLite, every execution kept (its defaults). */
export async function startN8n(options: SideOptions): Promise<Side> {
  const n8n = await installN8n();
  const folder = await mkdtemp(join(tmpdir(), "loopwright-bench-n8n-"));
  const port = await freePort();
  const env = { ...QUIET, N8N_USER_FOLDER: folder, N8N_PORT: String(port) };
  let child: Child | undefined;
  const stop = async (): Promise<void> => {
    await child?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await publish(n8n, folder, { env, sinkUrl: options.sinkUrl });
    const started = startChild(n8n.node.path, [n8n.program, "start"], {
      env: { ...nodeEnv(options), ...env },
      cwd: folder,
      name: "n8n",
    });
    child = started;
    await lineOf(started, /Editor is now accessible via:/);
    return {
      name: "n8n",
      version: `${n8n.version} on Node ${n8n.node.version}`,
      event: posting(`http://127.0.0.1:${port}/webhook/hook`),
      processes: () => Promise.resolve([{ name: "n8n", pid: started.pid }]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Loopback only, and no word to anyone; everything else is as it comes. */
const QUIET = {
  N8N_LISTEN_ADDRESS: "127.0.0.1",
  N8N_HOST: "127.0.0.1",
  N8N_RUNNERS_ENABLED: "false",
  N8N_DIAGNOSTICS_ENABLED: "false",
  N8N_VERSION_NOTIFICATIONS_ENABLED: "false",
  N8N_TEMPLATES_ENABLED: "false",
  N8N_PERSONALIZATION_ENABLED: "false",
  N8N_LICENSE_AUTO_RENEW_ENABLED: "false",
  N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: "true",
  EXTERNAL_FRONTEND_HOOKS_URLS: "",
} as const;

/** By its command line, before it starts: an import is always inactive. */
async function publish(
  { node, program }: N8n,
  folder: string,
  { env, sinkUrl }: { readonly env: Readonly<Record<string, string>>; readonly sinkUrl: string },
): Promise<void> {
  const file = join(folder, "workflow.json");
  await writeFile(file, JSON.stringify(n8nWorkflow(sinkUrl)));
  const cli = (...args: readonly string[]) =>
    runIn(folder, [node.path, program, ...args], { ...process.env, NODE_ENV: "production", ...env });
  await cli("import:workflow", `--input=${file}`);
  await cli("update:workflow", `--id=${WORKFLOW_ID}`, "--active=true");
}
