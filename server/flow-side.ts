import { sandboxHosts } from "./connections/sandbox-use.js";
import { flowFileRoutes } from "./flow-files/flow-file-routes.js";
import { flowRoutes } from "./flows/flow-routes.js";
import type { FlowService } from "./flows/flow-service.js";
import type { Route } from "./http/route.js";
import { presenceRoutes } from "./presence/presence-routes.js";
import { createPresenceService } from "./presence/presence-service.js";
import type { Runtime } from "./runtime.js";
import { startRoutes } from "./starts/start-routes.js";
import { createStartService, type StartServiceDependencies } from "./starts/start-service.js";
import { flowTestRoutes } from "./tries/flow-test-routes.js";
import { realStepRoutes } from "./tries/real-step-routes.js";
import { tryRoutes } from "./tries/try-routes.js";
import type { TryDependencies } from "./tries/try-service.js";

export interface FlowSide {
  readonly flows: FlowService;
  readonly findSource: TryDependencies["findSource"];
  readonly names: StartServiceDependencies["names"];
}

/** Flows: drawn, kept in files, tried, published and started by somebody. */
export function flowSide(runtime: Runtime, { flows, findSource, names }: FlowSide): Route[] {
  const { db, vault, envelope, members, live, actions, queued } = runtime;
  const changed = (workspaceId: string, flowId: string): void => live.changed(workspaceId, "flow", [flowId]);
  const tries = { db, flows, findSource, ...tryingOf(runtime) };
  const draftMoved = (workspaceId: string, flowId: string): void => live.changed(workspaceId, "draft", [flowId]);
  const presence = createPresenceService({ names: members.names });
  const memberName = (id: string) => members.name(db, id);
  return [
    ...flowRoutes({ db, flows, actions, memberName, changed, keepPen: presence.keepPen, draftMoved }),
    ...presenceRoutes({ db, presence, moved: draftMoved }),
    ...flowFileRoutes({ db, flows, changed }),
    ...tryRoutes(tries),
    ...flowTestRoutes(tries),
    ...realStepRoutes({ ...tries, ...doingOf(runtime, names) }),
    ...startRoutes(createStartService({ db, vault, envelope, names, onRunsQueued: queued.tell })),
  ];
}

/** What doing a step for real needs beside: to hand it to whoever drives runs. */
const doingOf = ({ envelope, vault, installation, queued, live }: Runtime, names: FlowSide["names"]) => ({
  ...{ envelope, names, sealer: vault, installationId: installation.installationId },
  onRunQueued: (workspaceId: string, runId: string): void => {
    queued.tell();
    live.changed(workspaceId, "run", [runId]);
  },
});

/** What a dry run needs: nothing that could send. */
export const tryingOf = ({ config, vault, ports, findAction, findConnector, runUrl }: Runtime) => ({
  ...{ vault, findAction, findConnector, runUrl },
  catalogue: ports.catalogue,
  allowPrivate: config.allowPrivate,
  sandboxHosts: config.sandbox === "off" ? [] : sandboxHosts(config.port),
});
