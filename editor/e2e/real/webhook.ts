import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import type { Product } from "./product.js";

const sourceSchema = z.object({ id: z.string(), url: z.url(), secret: z.string() });
const acceptedSchema = z.object({ eventId: z.string(), runIds: z.array(z.string()) });

export interface Said {
  readonly name: string;
  readonly score: number;
  readonly comment: string;
  readonly account?: string;
}

/** Sends one answer to the demo's source, signed as Standard Webhooks says; resolves with the runs that it started. */
export async function sendFeedback(product: Product, said: Said): Promise<readonly string[]> {
  const { url, secret } = sourceSchema.parse(JSON.parse(await product.cli("source", "show", "demo", "--json")));
  const now = new Date();
  const id = `msg_${randomUUID()}`;
  const email = `${said.name.toLowerCase().replaceAll(" ", ".")}@example.org`;
  const body = JSON.stringify({
    responseId: randomUUID(),
    email,
    product: "App",
    submittedAt: now.toISOString(),
    ...said,
  });
  const reply = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, now, body),
    },
  });
  if (reply.status !== 202) throw new Error(`The webhook was answered ${String(reply.status)}: ${await reply.text()}`);
  return acceptedSchema.parse(await reply.json()).runIds;
}
