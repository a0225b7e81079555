import { LogLevel, WebClient, type WebClientOptions } from "@slack/web-api";
import type { z } from "zod";
import type { HttpResponse } from "../http.js";
import type { Intent } from "../transport.js";
import { slackHosts, type SlackConnection } from "./config.js";
import { slackError, unreadable, type Answered } from "./errors.js";

type FetchFunction = NonNullable<WebClientOptions["fetch"]>;
type FetchInit = Parameters<FetchFunction>[1];
type Logger = NonNullable<WebClientOptions["logger"]>;

/** One activity, check or look-up: all its requests share one deadline and one signal. */
export interface SlackCall {
  readonly connection: Pick<SlackConnection, "config" | "secret" | "http">;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly aboutToSend?: () => void;
}

/** Web API methods by name, answers checked against the given shape; every failure is a ConnectorError. */
export interface SlackApi {
  read<T>(method: string, args: Readonly<Record<string, unknown>>, shape: z.ZodType<T>): Promise<T>;
  write<T>(method: string, args: Readonly<Record<string, unknown>>, shape: z.ZodType<T>): Promise<T>;
}

export function slackApi(call: SlackCall): SlackApi {
  const endsAt = performance.now() + call.deadlineMs;
  const perform = async <T>(request: Request<T>): Promise<T> => {
    const answered: Answered = {};
    const remainingMs = Math.max(1, Math.ceil(endsAt - performance.now()));
    const client = slackClient(
      call,
      guardedFetch(call, { remainingMs, intent: request.intent, answered }),
      remainingMs,
    );
    const result = await client.apiCall(request.method, { ...request.args }).catch((error: unknown) => {
      throw slackError(error, request.intent, answered);
    });
    const parsed = request.shape.safeParse(result);
    if (!parsed.success) throw unreadable(request.intent, parsed.error);
    return parsed.data;
  };
  return {
    read: (method, args, shape) => perform({ method, args, shape, intent: "read" }),
    write: (method, args, shape) => perform({ method, args, shape, intent: "write" }),
  };
}

interface Request<T> {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly shape: z.ZodType<T>;
  readonly intent: Intent;
}

/**
 * A client for a single request. No `headers` option, ever: the constructor writes the token into the object it is given, and
 * the next client built from it would speak for the wrong workspace. No retries: the only retry loop is the run's.
 */
function slackClient(
  { connection }: Pick<SlackCall, "connection">,
  fetch: FetchFunction,
  timeoutMs: number,
): WebClient {
  return new WebClient(connection.secret.botToken, {
    slackApiUrl: connection.config.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // A net behind our own deadline, which also covers the body.
    timeout: timeoutMs + 1_000,
    logger: SILENT,
    fetch,
  });
}

/** The client's default logger prints what Slack says about arguments, which may quote people. */
export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

interface Guard {
  readonly remainingMs: number;
  readonly intent: Intent;
  readonly answered: Answered;
}

function guardedFetch({ connection, signal, aboutToSend }: SlackCall, guard: Guard): FetchFunction {
  return async (url, init) => {
    const response = await connection.http.send({
      method: init?.method ?? "GET",
      url,
      headers: init?.headers ?? {},
      body: textBody(init),
      signal: init?.signal ? AbortSignal.any([signal, init.signal]) : signal,
      deadlineMs: guard.remainingMs,
      // conversations.history with metadata can be long.
      maxBytes: 8 * 1_048_576,
      allowedHosts: slackHosts(connection.config),
      ...(guard.intent === "write" && aboutToSend && { aboutToSend }),
    });
    guard.answered.status = response.status;
    return toFetchResponse(String(url), response);
  };
}

function textBody(init: FetchInit): string {
  const body = init?.body ?? "";
  if (typeof body !== "string") throw new Error("file uploads do not go through this client");
  return body;
}

export function toFetchResponse(
  url: string,
  { status, headers, body }: HttpResponse,
): Awaited<ReturnType<FetchFunction>> {
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: "",
    url,
    headers: { get: (name) => headers[name.toLowerCase()] ?? null, entries: () => Object.entries(headers) },
    text: () => Promise.resolve(body.toString("utf8")),
    json: () => Promise.resolve(body).then((bytes) => JSON.parse(bytes.toString("utf8")) as unknown),
    arrayBuffer: () => Promise.resolve(new Uint8Array(body).buffer),
  };
}
