import { z } from "zod";
import { defineAction, type Call, type Sent } from "../../connector.js";
import { TransportError, type HttpResponse } from "../../http.js";
import { fromTransport } from "../../transport.js";
import type { HttpConfig, HttpSecret } from "../config.js";
import { failure } from "../outcome.js";
import { intentOf, prepare } from "../request.js";

const inputSchema = z.object({
  method: z.enum(["POST", "PUT", "PATCH", "DELETE", "GET"]).default("POST").meta({ title: "Method" }),
  url: z.string().min(1).meta({
    title: "Address",
    description: "Complete, or relative to the connection's base address",
    template: true,
  }),
  headers: z
    .array(z.object({ name: z.string().min(1).max(100), value: z.string() }))
    .max(30)
    .default([])
    .meta({ title: "Headers", template: true, advanced: true }),
  body: z.string().default("").meta({ title: "Body", template: true, multiline: true }),
  idempotencyHonoured: z.boolean().default(false).meta({
    title: "The receiver honours Idempotency-Key",
    description: "Then a request in doubt is sent again; otherwise a person decides",
  }),
});
export type RequestInput = z.output<typeof inputSchema>;

/** Longest answer that later steps may read, in characters. */
const MAX_TEXT = 20_000;

export const httpRequest = defineAction<RequestInput, HttpConfig, HttpSecret>({
  name: "http.request",
  major: 1,
  title: "HTTP request",
  sentence: "{method} {url}",
  input: inputSchema,
  output: {
    status: { title: "Status", type: "number", dataClass: "clear" },
    body: { title: "Answer", type: "string", dataClass: "secret" },
  },
  deadlineMs: 30_000,
  exactlyOnce: "author-says",
  send: async (input, call) => {
    const response = await perform(input, call);
    const usesCredentials = call.connection.config.baseUrl !== undefined && call.connection.secret.headerValue !== "";
    const error = failure(response, intentOf(input.method), usesCredentials);
    if (error) throw error;
    return toSent(response, call.key);
  },
});

async function perform(input: RequestInput, call: Call<HttpConfig, HttpSecret>): Promise<HttpResponse> {
  const { connection, key, signal, deadlineMs, aboutToSend } = call;
  const intent = intentOf(input.method);
  const request = {
    ...prepare(input, connection, key),
    signal,
    deadlineMs,
    ...(intent === "write" && { aboutToSend }),
  };
  try {
    return await connection.http.send(request);
  } catch (error) {
    throw error instanceof TransportError ? fromTransport(error, intent) : error;
  }
}

function toSent({ status, headers, body }: HttpResponse, key: string): Sent {
  const location = headers["location"];
  const url = location !== undefined && /^https?:\/\//.test(location) ? location : null;
  return { externalId: location ?? key, url, output: { status, body: body.toString("utf8").slice(0, MAX_TEXT) } };
}
