import type { Reader } from "../db/database.js";
import { hasSandbox } from "./connection-store.js";

/** Page and control, Slack, Jira, Salesforce: the ports after the product's own. */
const SANDBOX_PORTS = [1, 2, 3, 4];

export const sandboxHosts = (port: number): string[] =>
  ["127.0.0.1", "localhost"].flatMap((host) => SANDBOX_PORTS.map((offset) => `${host}:${port + offset}`));

export const sandboxPage = (port: number): string => `http://127.0.0.1:${port + 1}`;

/** The sandbox's page while any connection (of the workspace, or at all) points there; null when all are real. */
export const sandboxUrl = async (reader: Reader, port: number, workspaceId: string | null): Promise<string | null> =>
  (await hasSandbox(reader, workspaceId)) ? sandboxPage(port) : null;
