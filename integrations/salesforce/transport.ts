import { PassThrough } from "node:stream";
import { Transport } from "jsforce/lib/transport.js";
import type { HttpRequest, HttpResponse } from "jsforce/lib/types/common.js";
import { StreamPromise } from "jsforce/lib/util/promise.js";
import type { HttpClient, HttpResponse as Answer } from "../http.js";
import { ConnectorError } from "../outcome.js";
import { classify, readErrors, redirected, transportFailure, unreadable } from "./errors.js";

interface TransportOptions {
  readonly http: HttpClient;
  readonly allowedHosts: readonly string[];
  readonly signal: AbortSignal;
  /** For all requests together, milliseconds. */
  readonly deadlineMs: number;
  /** A token request changes nothing in Salesforce, whatever its method. */
  readonly purpose: "api" | "token";
  readonly aboutToSend?: (() => void) | undefined;
}

/** The description of an object with hundreds of fields is over the HTTP client's usual megabyte. */
const MOST_BYTES = 8 * 1_048_576;

/** Multiple choices (one external id on several records) and not modified are answers; every other 3xx would carry the token elsewhere. */
const ANSWERING_3XX = new Set([300, 304]);

/**
 * Replaces jsforce's own transport, which hangs on a stalled body, retries reads for 15 s, follows redirects, and repeats a 401
 * without bound. Errors leave here typed, with their status; only a first 401 goes back to jsforce, which then refreshes the token.
 */
export class GuardedTransport extends Transport {
  readonly #options: TransportOptions;
  readonly #until: number;
  readonly #refusedOnce = new WeakSet<HttpRequest>();

  constructor(options: TransportOptions) {
    super();
    this.#options = options;
    this.#until = performance.now() + options.deadlineMs;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#exchange(request) }));
  }

  /** Milliseconds left of the call. */
  remaining(): number {
    return Math.ceil(this.#until - performance.now());
  }

  async #exchange(request: HttpRequest): Promise<HttpResponse> {
    const writes = this.#options.purpose === "api" && request.method !== "GET";
    const { status, headers, body } = await this.#send(request, writes);
    const text = body.toString("utf8");
    const response = { statusCode: status, headers: { ...headers, "content-type": "application/json" }, body: text };
    if (status === 401 && this.#options.purpose === "api" && !this.#refusedOnce.has(request)) {
      this.#refusedOnce.add(request);
      return response;
    }
    if (status >= 400) throw classify(readErrors(parseJson(text)), { status, writes });
    if (status >= 300 && !ANSWERING_3XX.has(status)) throw redirected({ status, writes });
    if (text.trim() !== "" && parseJson(text) === undefined)
      throw unreadable(
        { writes },
        `Salesforce answered ${status} with something other than JSON: ${text.slice(0, 200)}`,
      );
    return response;
  }

  async #send(request: HttpRequest, writes: boolean): Promise<Answer> {
    const { http, allowedHosts, signal, aboutToSend } = this.#options;
    const deadlineMs = this.remaining();
    if (deadlineMs <= 0) throw outOfTime();
    try {
      return await http.send({
        method: request.method,
        url: request.url,
        headers: headersOf(request),
        ...(typeof request.body === "string" && { body: request.body }),
        signal,
        deadlineMs,
        maxBytes: MOST_BYTES,
        allowedHosts,
        ...(writes && aboutToSend && { aboutToSend }),
      });
    } catch (error) {
      throw transportFailure(error, { writes });
    }
  }
}

/** The HTTP client counts the bytes itself. */
const headersOf = ({ headers = {} }: HttpRequest): Record<string, string> => ({
  accept: "application/json",
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-length")),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const outOfTime = (): ConnectorError =>
  new ConnectorError({
    outcome: "TRANSIENT",
    code: "deadline",
    message: "No time was left for another request to Salesforce",
  });
