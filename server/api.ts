import { fileURLToPath } from "node:url";
import { accountsRoutes } from "./accounts/accounts-routes.js";
import { approvalRoutes } from "./approvals/approval-routes.js";
import { createSlackSide } from "./approvals/slack-side.js";
import { slackRoutes } from "./approvals/slack-routes.js";
import { auditRoutes } from "./audit/audit-routes.js";
import { createConnectionCalls } from "./connections/connection-calls.js";
import { createRemoteCalls } from "./connections/remote-calls.js";
import { ANSWER_CHANNEL, createAsker } from "./db/questions.js";
import { createConnectionService } from "./connections/connection-service.js";
import { connectionRoutes } from "./connections/connection-routes.js";
import { sandboxHosts, sandboxUrl, sandboxUse } from "./connections/sandbox-use.js";
import { personNames } from "./contacts/person-store.js";
import type { Reader } from "./db/database.js";
import { erasureRoutes } from "./erasure/erasure-routes.js";
import { createErasureService } from "./erasure/erasure-service.js";
import { feedbackRoutes } from "./feedback/feedback-routes.js";
import { jiraEventRoutes } from "./execution/jira-events.js";
import { flowsUsing } from "./flows/flows-using.js";
import { flowSide, tryingOf } from "./flow-side.js";
import { createFlowService, type FlowService } from "./flows/flow-service.js";
import { createPublishedTriggers } from "./flows/published-triggers.js";
import { workspacePartsReader } from "./flows/workspace-parts.js";
import { createMetrics } from "./health/metrics.js";
import { healthRoutes } from "./health/health-routes.js";
import { holdRoutes } from "./holds/hold-routes.js";
import { createHoldService } from "./holds/hold-service.js";
import { startListener } from "./db/listener.js";
import { createApp } from "./http/app.js";
import { listen } from "./http/server.js";
import { createIngestFigures } from "./ingest/ingest-figures.js";
import { ingestRoutes } from "./ingest/ingest-routes.js";
import { createIngestService } from "./ingest/ingest-service.js";
import { quarantineRoutes } from "./ingest/quarantine-routes.js";
import { createQuarantineService } from "./ingest/quarantine-service.js";
import { LIVE_CHANNEL } from "./live/live-channel.js";
import { createLiveStreams, type LiveStreams } from "./live/live-streams.js";
import { tokenNames } from "./members/api-tokens.js";
import { createAuthenticator } from "./members/authenticate.js";
import { accountSide, type SignIn } from "./account-side.js";
import { createSessionCookie } from "./members/session-cookie.js";
import { overseen } from "./oversight/oversight-side.js";
import { createUnknownSenders } from "./oversight/unknown-senders.js";
import { contactByEmail } from "./people/contact-of.js";
import { peopleRoutes } from "./people/people-routes.js";
import { retentionRoutes } from "./retention/retention-routes.js";
import { createRunActions } from "./runs/run-actions.js";
import { runRoutes } from "./runs/run-routes.js";
import type { Runtime } from "./runtime.js";
import { searchRoutes } from "./search/search-routes.js";
import { settingsRoutes } from "./settings/settings-routes.js";
import { createIngestSources } from "./sources/ingest-sources.js";
import { sampleRoutes } from "./sources/sample-routes.js";
import { createSourceService } from "./sources/source-service.js";
import { hookUrl, sourceRoutes } from "./sources/source-routes.js";
import { runTests } from "./tries/flow-tests.js";
import { VERSION } from "./version.js";
import { viewRoutes } from "./views/view-routes.js";

/** What calls systems for somebody who waits: this process itself, or a worker where outbound secrets are needed. */
function createCalls({ config, db, envelope, http, findConnector }: Runtime) {
  const asker = createAsker(db);
  const own = createConnectionCalls({ envelope, http, findConnector, mayOpenOutbound: config.role === "all" });
  const calls = config.role === "all" ? own : createRemoteCalls({ own, asker, envelope, findConnector });
  return { asker, calls };
}

/** The services of the api's role. */
export function createServices(runtime: Runtime) {
  const { config, db, vault, envelope, live, ports, queued, onError, findSource, findConnector } = runtime;
  const { asker, calls } = createCalls(runtime);
  const { slack, ...interactivity } = createSlackSide(runtime);
  const connections = createConnectionService({
    db,
    calls,
    findConnector,
    sandboxHosts: sandboxHosts(config.port),
    usedBy: flowsUsing,
    changed: (workspaceId, id) => {
      live.changed(workspaceId, "connection", [id]);
      slack.sync(id).catch(onError);
    },
  });
  const ingestSources = createIngestSources({ db, envelope, findKind: findSource });
  const sources = createSourceService({ db, envelope, findKind: findSource, forget: ingestSources.forget });
  const metrics = createMetrics(db);
  const ingest = createIngestService({
    db,
    vault,
    triggers: createPublishedTriggers(),
    now: () => new Date(),
    onRunsQueued: queued.tell,
    onAccepted: (workspaceId, eventId) => live.changed(workspaceId, "feedback", [eventId]),
    figures: createIngestFigures(metrics),
  });
  const tests = { ...tryingOf(runtime), findSource: ingestSources.find };
  const flows: FlowService = createFlowService({
    partsOf: workspacePartsReader(runtime.actions),
    runTests: (reader, actor, flow) => runTests(reader, { ...tests, flows }, actor, flow),
  });
  const runActions = createRunActions({ db, ports });
  const { workspaceId: firstWorkspaceId } = runtime.installation;
  const senders = createUnknownSenders({ db, firstWorkspaceId, now: () => new Date() });
  return {
    asker,
    connections,
    ingestSources,
    sources,
    ingest,
    metrics,
    flows,
    runActions,
    senders,
    slack,
    ...interactivity,
  };
}

export type Services = ReturnType<typeof createServices>;

/** The api's role. Resolves once it listens. */
export async function startApi(runtime: Runtime, services: Services) {
  const { config, log, db } = runtime;
  const cookie = createSessionCookie(config.publicUrl);
  const authenticator = createAuthenticator(db, cookie);
  const streams = createLiveStreams({ look: authenticator.look });
  const reachChanged = () => {
    authenticator.forget();
    streams.endAll();
  };
  const app = createApp({
    routes: routesOf(runtime, services, { cookie, authenticator, reachChanged }, streams),
    config,
    authenticate: authenticator.authenticate,
    staticDir: fileURLToPath(new URL("../editor", import.meta.url)),
    version: VERSION,
    log,
  });
  const listener = startListener({
    url: config.databaseUrl,
    log,
    channels: { [LIVE_CHANNEL]: streams.hear, [ANSWER_CHANNEL]: services.asker.hear },
    // Readers come back and read everything again: what was told meanwhile was missed.
    onGap: streams.endAll,
  });
  const server = await listen(app, { host: config.host, port: config.port });
  await services.slack.sync();
  const senders = services.senders.start(runtime.onError);
  return {
    port: server.port,
    async stop(): Promise<void> {
      await services.slack.close();
      await listener.stop();
      streams.endAll();
      await server.close();
      await senders.stop();
    },
  };
}

const hasSandbox =
  ({ db, config }: Runtime) =>
  async (workspaceId: string): Promise<boolean> =>
    (await sandboxUrl(db, config, workspaceId)) !== null;

function routesOf(runtime: Runtime, services: Services, signIn: SignIn, streams: LiveStreams) {
  const { config, log, db, vault, members, ports, temporal, connectors } = runtime;
  const findSource = services.ingestSources.find;
  const namesOf = async (reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map([
      ...(await members.names(reader, ids)),
      ...(await personNames(reader, vault, ids)),
      ...(await tokenNames(reader, ids)),
    ]);
  return [
    ...accountSide(runtime, signIn),
    ...accountsRoutes({ db, vault, reachChanged: signIn.reachChanged }),
    ...flowSide(runtime, { flows: services.flows, findSource, names: namesOf }),
    ...runRoutes({
      db,
      ports,
      actions: services.runActions,
      contactOf: contactByEmail(vault),
      names: namesOf,
      engineUrl: (runId) => engineUrl(config.temporalUiUrl, temporal.namespace, runId),
    }),
    ...auditRoutes({ db, names: namesOf }),
    ...peopleRoutes({ db, vault }),
    ...overseen(runtime),
    ...erasureRoutes({ erasures: createErasureService({ db, memberNames: namesOf }) }),
    ...retentionRoutes({ db }),
    ...holdRoutes({ holds: createHoldService({ db, vault, names: namesOf }) }),
    ...approvalRoutes({ db, vault }),
    ...feedbackRoutes({ db, vault }),
    ...connectionRoutes({ connections: services.connections, connectors, sandboxOff: config.sandbox === "off" }),
    ...sampleRoutes({ db, findSource, ingest: services.ingest, hasSandbox: hasSandbox(runtime) }),
    ...sourceRoutes({ db, sources: services.sources, publicUrl: config.publicUrl }),
    ...quarantineRoutes(createQuarantineService({ db, vault, ingest: services.ingest, findSource })),
    ...searchRoutes({ db }),
    ...settingsRoutes({ db }),
    ...viewRoutes({ db }),
    ...ingestRoutes({
      ingest: services.ingest,
      findSource,
      noteRefused: services.senders.note,
      urlOf: (id) => hookUrl(config.publicUrl, id),
    }),
    ...jiraEventRoutes({
      db,
      ports,
      openInbound: (id) => runtime.connectionExecution.openInbound(db, id),
      noteRefused: services.senders.note,
    }),
    ...slackRoutes({ origins: services.gateway.origins, originFor: services.originFor, act: services.act }),
    streams.route,
    ...healthRoutes({
      db,
      log,
      version: VERSION,
      role: config.role,
      processesFile: config.processesFile,
      temporalAddress: config.temporalAddress,
      probeTemporal: temporal.probe,
      sandbox: sandboxUse(db, config, (name) => runtime.findConnector(name)?.title ?? name),
      metrics: services.metrics,
      authenticate: signIn.authenticator.authenticate,
    }),
  ];
}

const engineUrl = (ui: string | null, namespace: string, runId: string): string | null =>
  ui && `${ui}/namespaces/${namespace}/workflows/run_${runId}`;
