import type { HttpClient } from "../../integrations/http.js";
import type { Reader } from "../db/database.js";
import { hasSandbox, sandboxConnectors } from "./connection-store.js";

/** Slack, Jira, Salesforce. The port before them is the page and its control, which no connection may reach. */
const SANDBOX_PORTS = [2, 3, 4];

/** `on`: it runs beside us. `off`: it does not, whatever still points there. `auto`: nobody said. */
export type SandboxMode = "on" | "off" | "auto";

interface Place {
  readonly sandbox: SandboxMode;
  readonly port: number;
}

export const sandboxHosts = (port: number): string[] =>
  ["127.0.0.1", "localhost"].flatMap((host) => SANDBOX_PORTS.map((offset) => `${host}:${port + offset}`));

/** Both are closed with it. `open` may reach the sandbox, `guarded` may not. */
interface SandboxClients {
  readonly open: HttpClient;
  readonly guarded: HttpClient;
  readonly hosts: readonly string[];
}

/** The sandbox is on this machine: only a request that is bound to its hosts, as those of a connection that points there are, may go there. */
export const reachingSandbox = ({ open, guarded, hosts }: SandboxClients): HttpClient => ({
  send: (request) => (request.allowedHosts?.some((host) => hosts.includes(host)) ? open : guarded).send(request),
  close: async () => {
    await Promise.all([open.close(), guarded.close()]);
  },
});

export const sandboxPage = (port: number): string => `http://127.0.0.1:${port + 1}`;

/** The sandbox's page while any connection of the workspace points there; null when all are real, or it is off. */
export const sandboxUrl = async (
  reader: Reader,
  { sandbox, port }: Place,
  workspaceId: string,
): Promise<string | null> => (sandbox !== "off" && (await hasSandbox(reader, workspaceId)) ? sandboxPage(port) : null);

export interface SandboxUse {
  readonly mode: SandboxMode;
  readonly page: string;
  /** The products, by title, whose connections point there. */
  readonly connections: () => Promise<readonly string[]>;
}

export const sandboxUse = (
  reader: Reader,
  { sandbox, port }: Place,
  titleOf: (connector: string) => string,
): SandboxUse => ({
  mode: sandbox,
  page: sandboxPage(port),
  connections: async () => (await sandboxConnectors(reader)).map(titleOf),
});

export const SANDBOX_OFF =
  "This points at the sandbox, which is off: runs that need it cannot go on. Start Loopwright with LOOPWRIGHT_SANDBOX=on, or enter a real account.";
