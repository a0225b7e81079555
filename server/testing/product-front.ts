import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { demoSettings } from "../../integrations/generic/index.js";
import { JIRA_ACCOUNT, SALESFORCE_ACCOUNT, SLACK_ACCOUNT } from "../../integrations/sandbox/sandbox-accounts.js";
import type { Sandbox } from "../../integrations/sandbox/index.js";
import { newNode } from "../../workflows/flow/draft.js";
import { SCHEMA_VERSION, type DraftNode, type NodeType } from "../../workflows/flow/schema.js";
import { acceptedSchema } from "../sources/source-api.js";
import type { Answer, Client } from "./http.js";

/** What a test does to a product from outside: connections, sources and flows through the API, events through the front door. */

export interface Drawing {
  readonly nodes: readonly (readonly [id: string, type: NodeType, config: Readonly<Record<string, unknown>>])[];
  /** "a > b" leaves by `next`, "a:failure > b" by that output; every flow begins at `start`. */
  readonly edges: string;
}

export interface FlowHandle {
  readonly flowId: string;
  readonly sourceId: string;
  readonly url: string;
  readonly secret: string;
}

export interface Said {
  readonly responseId?: string;
  readonly score?: number;
  readonly comment?: string | null;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly product?: string;
}

export interface Posted {
  readonly responseId: string;
  /** Null: the connection broke, so nobody knows whether it was kept. */
  readonly status: number | null;
  readonly eventId: string | null;
  readonly runIds: readonly string[];
}

const idSchema = z.object({ id: z.uuid() });
const settings = { ...demoSettings, mapping: { ...demoSettings.mapping, phone: "$.phone" } };

const sourceSchema = z.object({ id: z.uuid(), url: z.string(), secret: z.string() });

function expectOk({ status, json, text }: Answer, what: string): unknown {
  if (status >= 300) throw new Error(`${what} was answered ${status}: ${text}`);
  return json;
}

export async function connect(
  api: Client,
  sandbox: Sandbox,
  connector: "slack" | "jira" | "salesforce",
): Promise<string> {
  const accounts = {
    // Without the app's token clicks come over HTTP, as from a real workspace with a public address.
    slack: {
      config: { apiUrl: `${sandbox.baseUrl("slack")}/api/` },
      secret: { botToken: SLACK_ACCOUNT.botToken, signingSecret: SLACK_ACCOUNT.signingSecret },
    },
    jira: {
      config: { site: sandbox.baseUrl("jira"), email: JIRA_ACCOUNT.email },
      secret: { apiToken: JIRA_ACCOUNT.apiToken, webhookSecret: JIRA_ACCOUNT.webhookSecret },
    },
    salesforce: {
      config: {
        loginUrl: sandbox.baseUrl("salesforce"),
        grant: "client_credentials",
        clientId: SALESFORCE_ACCOUNT.clientId,
      },
      secret: { clientSecret: SALESFORCE_ACCOUNT.clientSecret },
    },
  };
  const name = `${connector} ${randomUUID().slice(0, 8)}`;
  const answer = await api("POST", "/api/connections", { connector, name, ...accounts[connector] });
  return idSchema.parse(expectOk(answer, `connecting ${connector}`)).id;
}

/** A published flow with a source of its own. */
export async function publishFlow(
  api: Client,
  name: string,
  drawing: Drawing,
  ofSource: object = {},
): Promise<FlowHandle> {
  const created = await api("POST", "/api/sources", { name, kind: "generic", settings: { ...settings, ...ofSource } });
  const source = sourceSchema.parse(expectOk(created, "the source"));
  const draft = draftOf(drawing, source.id);
  const flow = idSchema.parse(expectOk(await api("POST", "/api/flows", { name, draft }), "the flow"));
  expectOk(await api("POST", `/api/flows/${flow.id}/publish`, { revision: 0 }), "publishing");
  return { flowId: flow.id, sourceId: source.id, url: source.url, secret: source.secret };
}

function draftOf({ nodes, edges }: Drawing, sourceId: string) {
  const drawn = (id: string, type: NodeType, config: object): DraftNode => {
    const blank = newNode(type, { id, title: id, x: 0, y: 0 });
    return { ...blank, config: { ...blank.config, ...config } };
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    retiredIds: [],
    nodes: [
      drawn("start", "trigger", { sources: [sourceId] }),
      ...nodes.map(([id, type, config]) => drawn(id, type, config)),
    ],
    edges: edges.split(",").map((edge) => {
      const [left = "", to = ""] = edge.trim().split(" > ");
      const [from = "", output = "next"] = left.split(":");
      return { from, output, to };
    }),
  };
}

/** Posts one event, signed; a broken connection is an answer too. */
export async function post({ url, secret }: FlowHandle, said: Said = {}): Promise<Posted> {
  const responseId = said.responseId ?? randomUUID();
  const body = JSON.stringify({ score: 3, comment: null, submittedAt: "2026-01-05T10:00:00Z", ...said, responseId });
  const response = await postRaw({ url, secret }, body).catch(() => null);
  if (response?.status !== 202) return { responseId, status: response?.status ?? null, eventId: null, runIds: [] };
  const { eventId, runIds } = acceptedSchema.parse(await response.json());
  return { responseId, status: 202, eventId, runIds };
}

export function postRaw({ url, secret }: Pick<FlowHandle, "url" | "secret">, body: string): Promise<Response> {
  const id = randomUUID();
  const sentAt = new Date();
  return fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, sentAt, body),
    },
  });
}

/** The actions that these tests use, each with the least that it needs. */
export const deeds = {
  slack: (connectionId: string, channel: string, text = "Somebody said something") => ({
    action: "slack.postMessage@1",
    connectionId,
    input: { channel, text },
  }),
  jira: (connectionId: string, summary = "Somebody said something", project = "RND") => ({
    action: "jira.createIssue@1",
    connectionId,
    input: { project, issueType: "Bug", summary },
  }),
  salesforce: (connectionId: string, contactEmail = "", subject = "Call back") => ({
    action: "salesforce.createTask@1",
    connectionId,
    input: { subject, contactEmail, ifNoContact: "account-less" },
  }),
} as const;
