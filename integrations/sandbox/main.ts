import { z } from "zod";
import { startSandbox, type StartSandboxOptions } from "./index.js";

/**
 * The sandbox as a process of its own. It reads these and nothing else; the settings' names follow
 * LOOPWRIGHT_SANDBOX_<SYSTEM>_<NAME>: LOOPWRIGHT_SANDBOX_SLACK_INTERACTIVITY_URL sets "slack.interactivityUrl".
 */
const environmentSchema = z.looseObject({
  PORT: z.coerce.number().int().min(0).max(65_530).default(4000),
  LOOPWRIGHT_DATA_DIR: z.string().min(1).default(".loopwright"),
  /** The product's address as this machine sees it. */
  LOOPWRIGHT_SANDBOX_DELIVER_TO: z.url().optional(),
});

const SETTING = /^LOOPWRIGHT_SANDBOX_(SLACK|JIRA|SALESFORCE)_(\w+)$/;

const camelCase = (text: string): string =>
  text.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const readSettings = (environment: NodeJS.ProcessEnv): Record<string, string> => {
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    const [, system, rest] = SETTING.exec(name) ?? [];
    if (system !== undefined && rest !== undefined && value !== undefined) {
      settings[`${system.toLowerCase()}.${camelCase(rest)}`] = value;
    }
  }
  return settings;
};

const readOptions = (environment: NodeJS.ProcessEnv): StartSandboxOptions => {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw new Error(`The sandbox's configuration is wrong:\n${z.prettifyError(parsed.error)}`);
  const { PORT: port, LOOPWRIGHT_DATA_DIR: dataDir, LOOPWRIGHT_SANDBOX_DELIVER_TO: deliverTo } = parsed.data;
  return {
    port,
    dataDir,
    deliverTo: deliverTo ?? `http://127.0.0.1:${port}`,
    settings: readSettings(environment),
  };
};

const main = async (): Promise<void> => {
  // eslint-disable-next-line no-restricted-properties -- a process of its own: it must not load the product's configuration and secrets
  const sandbox = await startSandbox(readOptions(process.env));
  const stop = (): void => void sandbox.close().then(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  const addresses = Object.fromEntries(
    (["slack", "jira", "salesforce"] as const).map((system) => [system, sandbox.baseUrl(system)]),
  );
  process.stdout.write(JSON.stringify({ ready: true, pid: process.pid, page: sandbox.url, ...addresses }) + "\n");
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
