import type { Services } from "../api.js";
import { sandboxPage } from "../connections/sandbox-use.js";
import { listFlows } from "../flows/flow-store.js";
import type { Runtime } from "../runtime.js";
import { seedDemo } from "./seed-demo.js";

const OFFSETS = { slack: 2, jira: 3, salesforce: 4 } as const;
const TRIES = 60;
const BETWEEN_MS = 500;

/** On a first start, fills the demo once the sandbox answers; it starts beside us and may need a moment. */
export async function fillDemo(runtime: Runtime, services: Services): Promise<void> {
  const { config, db, vault, installation } = runtime;
  const { workspaceId, adminId } = installation;
  if ((await listFlows(db, { workspaceId, only: null })).length > 0) return;
  if (!(await answers(`${sandboxPage(config.port)}/control/info`))) return;
  await seedDemo({
    ...services,
    db,
    vault,
    admin: { kind: "member", id: adminId, workspaceId, role: "admin" },
    sandboxUrl: (system) => `http://127.0.0.1:${config.port + OFFSETS[system]}`,
  });
}

async function answers(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  return false;
}
