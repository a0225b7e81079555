import { SocketModeClient } from "@slack/socket-mode";
import type { WebClientOptions } from "@slack/web-api";
import { z } from "zod";
import type { HttpClient } from "../http.js";
import { TransportError } from "../http.js";
import { ConnectorError } from "../outcome.js";
import { fromTransport } from "../transport.js";
import { SILENT, toFetchResponse } from "./client.js";
import { slackHosts } from "./config.js";
import { codeOutcome } from "./errors.js";
import { parseInteraction, type Interaction } from "./interaction.js";

export interface SocketModeOptions {
  readonly appToken: string;
  readonly http: HttpClient;
  /** Ends with a slash. */
  readonly apiUrl: string;
  /**
   * Must have stored the interaction when it returns; what it returns goes with the acknowledgement (a modal's errors).
   * When it throws nothing is acknowledged, and Slack tells the person that it did not work.
   */
  readonly onInteraction: (interaction: Interaction) => Promise<object | undefined>;
  /** Credentials refused (the socket stays closed), an address not reached (tried again), or a handler that failed. */
  readonly onProblem: (problem: Error) => void;
}

type Fetch = NonNullable<WebClientOptions["fetch"]>;

const OPEN_DEADLINE_MS = 15_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export interface SocketMode {
  /** Slack has said hello. Rejects when the credentials were refused, which `onProblem` hears too, or after `close`. */
  readonly ready: Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Clicks without a public address. The client reconnects by itself, also when Slack is away at the start. What it does badly
 * is kept from it: a failed reconnect ends in an unhandled rejection, so asking for an address never fails while there is
 * hope, and `start` never rejects unheard.
 */
export function startSocketMode(options: SocketModeOptions): SocketMode {
  const closing = new AbortController();
  const client = new WatchedClient(options, closing.signal);
  client.on("interactive", (event: unknown) => {
    answer(event, options).catch((error: unknown) => {
      options.onProblem(asError(error));
    });
  });
  const ready = client.connect();
  ready.catch((error: unknown) => {
    if (!closing.signal.aborted) options.onProblem(asError(error));
  });
  const close = async (): Promise<void> => {
    closing.abort();
    await client.disconnect();
  };
  return { ready, close };
}

class WatchedClient extends SocketModeClient {
  readonly #onProblem: (problem: Error) => void;
  readonly #closing: AbortSignal;

  constructor(options: SocketModeOptions, closing: AbortSignal) {
    const fetch = addressFetch(options, closing);
    super({
      appToken: options.appToken,
      logger: SILENT,
      clientOptions: { slackApiUrl: options.apiUrl, retryConfig: { retries: 0 }, fetch },
    });
    this.#onProblem = options.onProblem;
    this.#closing = closing;
  }

  async connect(): Promise<void> {
    await super.start().catch((error: unknown) => {
      throw asError(error);
    });
  }

  /** The client calls this for every reconnect and listens to nothing that comes of it. */
  override async start(): ReturnType<SocketModeClient["start"]> {
    try {
      return await super.start();
    } catch (error) {
      if (!this.#closing.aborted) this.#onProblem(asError(error));
      return { ok: false };
    }
  }
}

const eventSchema = z.object({
  ack: z.custom<(response?: object) => Promise<void>>((value) => typeof value === "function"),
  body: z.unknown(),
});

async function answer(event: unknown, { onInteraction }: SocketModeOptions): Promise<void> {
  const { ack, body } = eventSchema.parse(event);
  const interaction = parseInteraction(body);
  await ack(interaction ? await onInteraction(interaction) : undefined);
}

/** apps.connections.open, asked again until it answers, Slack refuses the token, or we close. */
function addressFetch(options: SocketModeOptions, closing: AbortSignal): Fetch {
  return async (url, init) => {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      const asked = await ask(options, {
        url: String(url),
        headers: init?.headers ?? {},
        body: textOf(init?.body),
        closing,
      });
      if (asked.ok) return asked.response;
      if (asked.problem.outcome === "AUTH" || asked.problem.outcome === "REJECTED") throw asked.problem;
      options.onProblem(asked.problem);
      await pause(Math.max(waitMs, asked.problem.retryAfterMs ?? 0), closing);
    }
  };
}

interface Ask {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly closing: AbortSignal;
}

type Asked = { ok: true; response: Awaited<ReturnType<Fetch>> } | { ok: false; problem: ConnectorError };

async function ask({ http, apiUrl }: SocketModeOptions, { url, headers, body, closing }: Ask): Promise<Asked> {
  try {
    const response = await http.send({
      method: "POST",
      url,
      headers,
      body,
      signal: closing,
      deadlineMs: OPEN_DEADLINE_MS,
      allowedHosts: slackHosts({ apiUrl }),
    });
    const problem = judge(response.status, response.body.toString("utf8"), apiUrl);
    return problem ? { ok: false, problem } : { ok: true, response: toFetchResponse(url, response) };
  } catch (error) {
    if (error instanceof TransportError && !closing.aborted)
      return { ok: false, problem: fromTransport(error, "read") };
    throw error;
  }
}

const openedSchema = z.object({ ok: z.boolean(), error: z.string().optional(), url: z.string().optional() });

function judge(status: number, body: string, apiUrl: string): ConnectorError | null {
  const opened = openedSchema.safeParse(safeJson(body));
  if (status !== 200 || !opened.success) return problem("TRANSIENT", `http_${status}`, "Slack gave no socket address.");
  const { ok, error = "", url = "" } = opened.data;
  if (!ok) return problem(codeOutcome(error, "read"), error, `Slack gave no socket address (${error}).`);
  return isSlackSocket(url, apiUrl)
    ? null
    : problem("REJECTED", "strange_address", "The socket address is not Slack's.");
}

/** The socket does not go through the guarded client, so its address is judged here: Slack's own, or the API's own host. */
function isSlackSocket(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol === "wss:" && /\.slack(-gov)?\.com$/.test(url.hostname) && url.port === "") return true;
  return ["ws:", "wss:"].includes(url.protocol) && url.host === new URL(apiUrl).host;
}

const problem = (outcome: ConnectorError["outcome"], code: string, message: string): ConnectorError =>
  new ConnectorError({ outcome, code, message });

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const textOf = (body: unknown): string => (typeof body === "string" ? body : "");

const asError = (error: unknown): Error => {
  const inner = error instanceof Error && "original" in error ? error.original : error;
  return inner instanceof Error ? inner : new Error("the socket was closed");
};

function pause(ms: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    closing.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      closing.removeEventListener("abort", done);
      if (closing.aborted) reject(new Error("closing"));
      else resolve();
    }
  });
}
