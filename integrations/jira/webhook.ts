import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { InboundDelivery, Verification } from "../source.js";
import { carriesKey, keyOfLabel } from "./mark.js";

/**
 * `X-Hub-Signature: sha256=<hex>` over the raw bytes.
 * @see https://developer.atlassian.com/cloud/jira/software/webhooks/#secure-admin-webhooks
 */
export function verifyJiraWebhook(delivery: InboundDelivery, secrets: readonly [string, ...string[]]): Verification {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(delivery.headers["x-hub-signature"] ?? "")?.[1];
  if (given === undefined) return { ok: false, reason: "The X-Hub-Signature header is missing or is not sha256=<hex>" };
  const signature = Buffer.from(given, "hex");
  const matches = secrets.some((secret) => timingSafeEqual(signature, sign(secret, delivery.rawBody)));
  if (!matches) return { ok: false, reason: "The signature does not match the webhook secret" };
  return { ok: true };
}

const sign = (secret: string, body: Buffer): Buffer => createHmac("sha256", secret).update(body).digest();

interface AboutIssue {
  readonly issueId: string;
  readonly issueKey: string;
  /** Our effect key, when the issue carries our label. A clone carries its original's. */
  readonly key: string | null;
  /** The issue's own property says the same key. False where the event does not carry properties. */
  readonly proven: boolean;
}

/** Jira's news, as far as Loopwright listens. */
export type JiraEvent =
  | ({ readonly kind: "issueCreated" } & AboutIssue)
  | ({
      readonly kind: "issueUpdated";
      readonly status: { readonly name: string; readonly done: boolean };
      readonly statusChanged: boolean;
    } & AboutIssue);

const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  properties: z.record(z.string(), z.unknown()).catch({}),
  fields: z.object({
    labels: z.array(z.string()).default([]),
    status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }).optional() }),
  }),
});

const eventSchema = z.discriminatedUnion("webhookEvent", [
  z.object({ webhookEvent: z.literal("jira:issue_created"), issue: issueSchema }),
  z.object({
    webhookEvent: z.literal("jira:issue_updated"),
    issue: issueSchema,
    changelog: z.object({ items: z.array(z.object({ field: z.string() })) }).optional(),
  }),
]);

/** Null for events that nobody here waits for; they are still acknowledged. */
export function parseJiraWebhook(payload: unknown): JiraEvent | null {
  const parsed = eventSchema.safeParse(payload);
  if (!parsed.success) return null;
  const { issue } = parsed.data;
  const { labels, status } = issue.fields;
  const key = labels.map(keyOfLabel).find((found) => found !== null) ?? null;
  const properties = Object.entries(issue.properties).map(([name, value]) => ({ key: name, value }));
  const proven = key !== null && carriesKey(properties, key);
  const about = { issueId: issue.id, issueKey: issue.key, key, proven };
  if (parsed.data.webhookEvent === "jira:issue_created") return { kind: "issueCreated", ...about };
  return {
    kind: "issueUpdated",
    ...about,
    status: { name: status.name, done: status.statusCategory?.key === "done" },
    statusChanged: parsed.data.changelog?.items.some(({ field }) => field === "status") ?? false,
  };
}
