import { allSystems } from "./all-systems.js";
import { startSystems, type Sandbox, type SandboxOptions } from "./sandbox.js";

export * from "./sandbox-accounts.js";
export type { Sandbox } from "./sandbox.js";

export type StartSandboxOptions = Omit<SandboxOptions, "systems"> & Partial<Pick<SandboxOptions, "systems">>;

/** Starts the sandbox on loopback ports; Slack, Jira and Salesforce unless told otherwise. */
export const startSandbox = (options: StartSandboxOptions = {}): Promise<Sandbox> =>
  startSystems({ systems: allSystems, ...options });
