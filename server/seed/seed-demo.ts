import { demoSettings } from "../../integrations/generic/index.js";
import { JIRA_ACCOUNT, SALESFORCE_ACCOUNT, SLACK_ACCOUNT } from "../../integrations/sandbox/sandbox-accounts.js";
import { demoFlows, type DemoConnections } from "../../workflows/flow/draft.js";
import { transact } from "../../workflows/ledger/transact.js";
import { describeAccounts } from "../accounts/accounts-store.js";
import type { ConnectionService } from "../connections/connection-service.js";
import { accountsNamed } from "../contacts/contact-store.js";
import type { Db, Tx } from "../db/database.js";
import type { FlowService } from "../flows/flow-service.js";
import { listFlows } from "../flows/flow-store.js";
import type { Actor } from "../http/route.js";
import type { IngestService } from "../ingest/ingest-service.js";
import type { Vault } from "../privacy/vault.js";
import { saveSettings } from "../settings/settings.js";
import type { SourceService } from "../sources/source-service.js";
import { demoAccounts, heardBefore, heardSince, toFeedback } from "./demo-feedback.js";

export interface SeedDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly admin: Actor;
  readonly connections: ConnectionService;
  readonly sources: SourceService;
  readonly flows: FlowService;
  readonly ingest: IngestService;
  /** Of the sandbox's systems, by name. */
  readonly sandboxUrl: (system: "slack" | "jira" | "salesforce") => string;
}

/**
 * Fills a new workspace with the demo, by the same services that people use. Every part is made only where it is missing, so an
 * interrupted seeding is finished by the next start.
 */
export async function seedDemo(given: SeedDependencies): Promise<void> {
  const dependencies: SeedDependencies = { ...given, admin: { ...given.admin, seeding: true } };
  const { db, vault, admin, ingest } = dependencies;
  const connections = await seedConnections(dependencies);
  const source = await seedSource(dependencies);
  await transact(db, (tx) => ensureAccounts(tx, vault, admin.workspaceId));
  const now = new Date();
  const said = [...heardBefore, ...heardSince].map((one, place) => toFeedback(one, place, now));
  const hear = async (from: number, to: number): Promise<void> => {
    for (const feedback of said.slice(from, to))
      await ingest.store({
        workspaceId: admin.workspaceId,
        source,
        feedback,
        raw: Buffer.from(JSON.stringify(feedback)),
        receivedAt: new Date(feedback.occurredAt),
      });
  };
  // A seeded response is dated once: on a later start it would be another content.
  if ((await listFlows(db, { workspaceId: admin.workspaceId, only: null })).length > 0) return;
  await hear(0, heardBefore.length);
  const noticeChannel = { connectionId: connections.slack, channel: "#support" };
  await transact(db, (tx) => saveSettings(tx, admin, { noticeChannel }));
  for (const flow of Object.values(demoFlows)) await publishFlow(dependencies, flow, connections);
  await hear(heardBefore.length, said.length);
}

async function seedConnections({ admin, connections, sandboxUrl }: SeedDependencies): Promise<DemoConnections> {
  const existing = await connections.list(admin);
  const ensure = async (wanted: Parameters<ConnectionService["create"]>[1]): Promise<string> => {
    const known = existing.find(({ connector }) => connector === wanted.connector);
    return known?.id ?? (await connections.create(admin, wanted)).id;
  };
  const { botToken, appToken, signingSecret } = SLACK_ACCOUNT;
  const { email, apiToken, webhookSecret } = JIRA_ACCOUNT;
  const { clientId, clientSecret } = SALESFORCE_ACCOUNT;
  return {
    slack: await ensure({
      connector: "slack",
      name: "Slack",
      config: { apiUrl: `${sandboxUrl("slack")}/api/` },
      secret: { botToken, appToken, signingSecret },
    }),
    jira: await ensure({
      connector: "jira",
      name: "Jira",
      config: { site: sandboxUrl("jira"), email },
      secret: { apiToken, webhookSecret },
    }),
    salesforce: await ensure({
      connector: "salesforce",
      name: "Salesforce",
      config: { loginUrl: sandboxUrl("salesforce"), grant: "client_credentials", clientId },
      secret: { clientSecret },
    }),
  };
}

async function seedSource({ admin, sources }: SeedDependencies): Promise<{ id: string; name: string }> {
  const known = (await sources.list(admin)).find(({ slug }) => slug === "demo");
  if (known) return known;
  return (await sources.create(admin, { name: "Demo", slug: "demo", kind: "generic", settings: demoSettings })).row;
}

/** In one transaction: a flow is either there and live, or not there. */
async function publishFlow(
  { db, admin, flows }: SeedDependencies,
  { name, draft }: (typeof demoFlows)[keyof typeof demoFlows],
  connections: DemoConnections,
): Promise<void> {
  await transact(db, async (tx) => {
    const flowId = await flows.create(tx, admin, { name, draft: draft(connections) });
    await flows.publish(tx, admin, { flowId, revision: 0, note: "The demo's flow" });
  });
}

async function ensureAccounts(tx: Tx, vault: Vault, workspaceId: string): Promise<void> {
  const names = demoAccounts.map(({ name }) => name);
  const { ids } = await accountsNamed(tx, vault, workspaceId, names);
  const described = demoAccounts.map(({ attributes }, place) => ({ id: ids[place] ?? "", attributes }));
  await describeAccounts(tx, workspaceId, described);
}
