import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import { describeDataFolder } from "../../bin/supervisor/data-folder.js";
import { freePort } from "../../bin/supervisor/ports.js";
import { runningDatabase } from "../../bin/supervisor/postgres/service.js";
import { DATABASE } from "../../bin/supervisor/servers.js";
import { demoSettings } from "../../integrations/generic/index.js";
import type { Health } from "../../server/health/health-api.js";
import { lineOf, startChild } from "../child.js";
import { threeCalls, type NamedDraft } from "../drafts.js";
import type { Side, SideOptions } from "../side.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

export interface ProductOptions extends SideOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Further far ends that it may reach, `host:port`. */
  readonly reaches?: readonly string[];
  /** Published before it is handed out; else the flow of `loop`. */
  readonly flows?: readonly NamedDraft[];
}

/** What an event says differently from the others. */
export type Difference = Readonly<Record<string, string | number>>;

/** What one workspace's administrator may do, and a source of its own. */
export interface Workspace {
  /** Throws unless the answer is good. */
  readonly api: Api;
  readonly publish: (flow: NamedDraft) => Promise<void>;
  readonly deliver: (event: string, difference?: Difference) => ReturnType<Side["event"]>;
}

/** With its first workspace. */
export interface Product extends Side, Workspace {
  readonly url: string;
  /** Signs a browser in, once. */
  readonly signInUrl: string;
  readonly databaseUrl: () => Promise<string>;
  /** Of a workspace that an administrator's token belongs to. */
  readonly workspaceOf: (token: string) => Promise<Workspace>;
}

/** This product as `npm start` runs it, in an empty data folder, with its own database and Temporal; three HTTP actions. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { sinkUrl, profileDir, reaches = [], flows = [threeCalls({ sinkUrl })] } = options;
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), "loopwright-bench-"));
  await run("chmod", ["755", dataDir]);
  const env = {
    PORT: String(port),
    LOOPWRIGHT_DATA_DIR: dataDir,
    LOOPWRIGHT_SANDBOX: "off",
    API_RATE_LIMIT: "0",
    LOOPWRIGHT_ALLOW_PRIVATE: [new URL(sinkUrl).host, ...reaches].join(","),
    LOG_LEVEL: "warn",
    ...(profileDir && { NODE_OPTIONS: `--import ${join(root, "bench/profiling.mjs")}`, BENCH_PROFILES: profileDir }),
    ...options.env,
  };
  const child = startChild(process.execPath, [join(root, "bin/start.mjs")], { env, cwd: root, name: "product" });
  const stop = async (): Promise<void> => {
    await child.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const [, signInUrl = ""] = await lineOf(child, /Loopwright is ready: (\S+)/, 300_000);
    const url = `http://127.0.0.1:${port}`;
    const workspaceOf = (token: string): Promise<Workspace> => withSource(apiAt(url, token), url);
    const first = await workspaceOf(await adminToken(env));
    const product = {
      ...(await described(first, url)),
      signInUrl,
      workspaceOf,
      databaseUrl: () => databaseOf(dataDir),
      stop,
    };
    for (const flow of flows) await product.publish(flow);
    return product;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function adminToken(env: Readonly<Record<string, string>>): Promise<string> {
  const cli = await run(process.execPath, [join(root, "bin/cli.mjs"), "token", "create", "--role", "admin"], {
    env: { ...process.env, ...env },
    cwd: root,
  });
  return cli.stdout.trim();
}

async function databaseOf(dataDir: string): Promise<string> {
  const url = await runningDatabase(describeDataFolder(dataDir), DATABASE);
  if (url === undefined) throw new Error(`The product's database in ${dataDir} does not answer.`);
  return url;
}

async function withSource(api: Api, url: string): Promise<Workspace> {
  const request = { name: "Bench", kind: "generic", settings: demoSettings };
  const source = (await api("POST", "/api/sources", request)) as Source;
  const deliver = deliveriesTo(`${url}/hooks/${source.id}`, source.secret);
  return { api, deliver, publish: (flow) => publish(api, flow) };
}

async function described(
  first: Workspace,
  url: string,
): Promise<Workspace & Pick<Product, "url"> & Omit<Side, "stop">> {
  const health = async (): Promise<Health> => (await first.api("GET", "/api/health")) as Health;
  return {
    ...first,
    name: "Loopwright",
    version: (await health()).version,
    url,
    event: first.deliver,
    async processes() {
      const { processes } = await health();
      return processes.map(({ role, pid }) => ({ name: role, pid }));
    },
  };
}

interface Source {
  readonly id: string;
  readonly secret: string;
}

/** Signed as Standard Webhooks has it. */
function deliveriesTo(url: string, secret: string): Product["deliver"] {
  const webhook = new Webhook(secret);
  return (event, difference = {}) => {
    // Everybody answers once: each event brings a person of its own.
    const email = `${event}@globex.example`;
    const body = JSON.stringify({ ...RESPONSE, responseId: event, comment: event, email, ...difference });
    const at = new Date();
    return {
      url,
      headers: {
        "content-type": "application/json",
        "webhook-id": event,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": webhook.sign(event, at, body),
      },
      body,
    };
  };
}

const RESPONSE = {
  score: 3,
  name: "Sam Rivera",
  product: "App",
  submittedAt: "2026-03-02T09:00:00Z",
};

export type Api = (method: string, path: string, body?: unknown) => Promise<unknown>;

const apiAt =
  (url: string, token: string): Api =>
  async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<unknown>;
  };

async function publish(api: Api, { name, draft }: NamedDraft): Promise<void> {
  const { id } = (await api("POST", "/api/flows", { name, draft })) as { id: string };
  await api("POST", `/api/flows/${id}/publish`, { revision: 0 });
}
