import { defineAction, type Call, type Sent } from "../../connector.js";
import { TransportError, type HttpResponse } from "../../http.js";
import { fromTransport } from "../../transport.js";
import type { HttpConfig, HttpSecret } from "../config.js";
import { failure } from "../outcome.js";
import { intentOf, prepare } from "../prepare-request.js";
import { requestInputSchema, type RequestInput } from "../request-input.js";

/** Longest answer that later steps may read, in characters. */
const MAX_TEXT = 20_000;

export const httpRequest = defineAction<RequestInput, HttpConfig, HttpSecret>({
  name: "http.request",
  major: 1,
  title: "HTTP request",
  sentence: "{method} {url}",
  input: requestInputSchema,
  output: {
    status: { title: "Status", type: "number", dataClass: "clear" },
    body: { title: "Answer", type: "string", dataClass: "secret" },
  },
  deadlineMs: 30_000,
  exactlyOnce: "author-says",
  honoursKey: "idempotencyHonoured" satisfies keyof RequestInput,
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
