import JiraApi from "jira-client";
import { z } from "zod";
import type { OpenConnection } from "../connector.js";
import type { HttpClient, HttpResponse } from "../http.js";
import { ConnectorError } from "../outcome.js";
import { apiAddress, jiraHosts, type JiraConfig, type JiraSecret } from "./config.js";
import { answerError, transportFailure, unreadable, type JiraAsk } from "./errors.js";
import type { JiraPort } from "./port.js";
import { safeUri } from "./uri.js";

export type JiraConnection = OpenConnection<JiraConfig, JiraSecret>;

/** One call of ours: it may need several requests, and they share one deadline. */
interface JiraCall {
  readonly connection: JiraConnection;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly aboutToSend?: () => void;
}

interface SafeOptions {
  readonly http: HttpClient;
  readonly api: URL;
  readonly allowedHosts: readonly string[];
  readonly authorization: string;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly aboutToSend: (() => void) | undefined;
}

const API_PATH = "/rest/api/3";
/** A page of a hundred long comments is over the HTTP client's usual megabyte. */
const MOST_BYTES = 8 * 1_048_576;

/**
 * jira-client with its transport taken out: every inherited method builds its address with `makeUri` and sends with `doRequest`,
 * and both are ours. Raw, the client drops status and headers, follows redirects as GET and takes an HTML page for success.
 */
class SafeJira extends JiraApi implements JiraPort {
  readonly #options: SafeOptions;
  readonly #until: number;
  readonly #root: string;

  constructor(options: SafeOptions) {
    const { protocol, hostname, port } = options.api;
    super({ protocol: protocol.slice(0, -1), host: hostname, ...(port && { port }), apiVersion: "3" });
    this.#options = options;
    this.#until = performance.now() + options.deadlineMs;
    this.#root = `${options.api.href.replace(/\/+$/, "")}${API_PATH}`;
  }

  override makeUri(parts: JiraApi.UriParts): string {
    return safeUri(this.#root, parts.pathname, parts.query);
  }

  override async doRequest(request: JiraApi.RequestOptions): Promise<unknown> {
    const method = request.method ?? "GET";
    return this.#exchange(request, { writes: method !== "GET", issue: issueIn(request.uri) });
  }

  /** POST /search/jql: a read in spite of its method. jira-client's `searchJira` posts to the removed /search. */
  searchJql(search: { jql: string; fields: readonly string[]; maxResults: number }): Promise<unknown> {
    const uri = this.makeUri({ pathname: "/search/jql" });
    return this.#exchange({ uri, method: "POST", body: search }, { writes: false, issue: null });
  }

  /** GET /issue/createmeta/{project}/issuetypes: the single /issue/createmeta of jira-client is deprecated. */
  createMetaTypes(project: string): Promise<unknown> {
    return this.read(`/issue/createmeta/${project}/issuetypes`, { maxResults: 200 });
  }

  read(pathname: string, query: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return this.doRequest(this.makeRequestHeader(this.makeUri({ pathname, query })));
  }

  async #exchange(request: JiraApi.RequestOptions, ask: JiraAsk): Promise<unknown> {
    const response = await this.#send(request, ask);
    if (response.status < 200 || response.status > 299) throw answerError(response, ask, new Date());
    return readBody(response, ask);
  }

  async #send(request: JiraApi.RequestOptions, ask: JiraAsk): Promise<HttpResponse> {
    const { http, allowedHosts, authorization, signal, aboutToSend } = this.#options;
    // The agile and webhook methods of jira-client build addresses of their own, which nobody has checked.
    if (!request.uri.startsWith(`${this.#root}/`)) throw foreignAddress();
    const deadlineMs = Math.ceil(this.#until - performance.now());
    if (deadlineMs <= 0) throw outOfTime();
    try {
      return await http.send({
        method: request.method ?? "GET",
        url: request.uri,
        headers: {
          authorization,
          accept: "application/json",
          ...(request.body !== undefined && { "content-type": "application/json" }),
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        signal,
        deadlineMs,
        maxBytes: MOST_BYTES,
        allowedHosts,
        ...(ask.writes && aboutToSend && { aboutToSend }),
      });
    } catch (error) {
      throw transportFailure(error, ask);
    }
  }
}

const errorsInSuccess = z.object({ errorMessages: z.array(z.string()).min(1) });

function readBody(response: HttpResponse, ask: JiraAsk): unknown {
  const text = response.body.toString("utf8");
  // 204 after an edit, 201 after a link.
  if (text.trim() === "") return undefined;
  const body = parseAnswer(text, ask);
  const errors = errorsInSuccess.safeParse(body);
  if (errors.success)
    throw unreadable(ask, `Jira answered ${response.status} with errors: ${errors.data.errorMessages.join("; ")}`);
  return body;
}

function parseAnswer(text: string, ask: JiraAsk): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(ask, `Jira answered with something other than JSON: ${text.slice(0, 200)}`);
  }
}

/** "…/issue/SUP-12/comment" → "SUP-12" */
const issueIn = (uri: string): string | null =>
  /\/issue\/([A-Za-z][A-Za-z0-9_]*-\d+)/.exec(new URL(uri).pathname)?.[1]?.toUpperCase() ?? null;

const foreignAddress = (): ConnectorError =>
  new ConnectorError({
    outcome: "REJECTED",
    code: "unsafe_address",
    message: "The address was not built for Jira's REST API 3",
  });

const outOfTime = (): ConnectorError =>
  new ConnectorError({
    outcome: "TRANSIENT",
    code: "deadline",
    message: "No time was left for another request to Jira",
  });

/** Guards upgrades: a client whose two doors are not ours must not be used at all. */
export function assertJiraTransport(client: { readonly doRequest: unknown; readonly makeUri: unknown }): void {
  const mine = SafeJira.prototype;
  if (client.doRequest !== mine.doRequest || client.makeUri !== mine.makeUri)
    throw new Error(
      "jira-client is not speaking through SafeJira; its own transport would follow redirects and lose errors",
    );
}

export function openJira(call: JiraCall): JiraPort {
  const { config, secret, http } = call.connection;
  const client = new SafeJira({
    http,
    api: apiAddress(config),
    allowedHosts: jiraHosts(config),
    authorization: `Basic ${Buffer.from(`${config.email}:${secret.apiToken}`).toString("base64")}`,
    signal: call.signal,
    deadlineMs: call.deadlineMs,
    aboutToSend: call.aboutToSend,
  });
  assertJiraTransport(client);
  return client;
}
