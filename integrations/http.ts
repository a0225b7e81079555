import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, request, type Dispatcher } from "undici";

/**
 * The one way out. Every request has a total deadline over headers and body, a size cap, no redirects, no retries, and an
 * address that was checked and then pinned: private and reserved ranges are refused unless the configuration names the host.
 */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly signal: AbortSignal;
  /** Total milliseconds, headers and body together. */
  readonly deadlineMs: number;
  /** Largest body taken; more is an error. Default 1 MB. */
  readonly maxBytes?: number;
  /** When given, any other `host` or `host:port` is refused. */
  readonly allowedHosts?: readonly string[];
  /** Called right before the bytes leave; what it throws passes through, and nothing was sent. */
  readonly aboutToSend?: () => void;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** `unsent`: no byte of the request can have been acted on. `sent`: nobody knows. */
export class TransportError extends Error {
  readonly phase: "unsent" | "sent";
  readonly code: string;

  constructor(phase: "unsent" | "sent", code: string, options: { message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "TransportError";
    this.phase = phase;
    this.code = code;
  }
}

export interface EgressPolicy {
  /** `host` or `host:port` that may resolve to a private address, for example "127.0.0.1:4002". */
  readonly allowPrivate: readonly string[];
}

const ONE_MEGABYTE = 1_048_576;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

export function createHttpClient(policy: EgressPolicy): HttpClient {
  const agents = { open: new Agent(agentOptions(false)), guarded: new Agent(agentOptions(true)) };
  return {
    async send(req) {
      const { url, exempt } = refuseAddress(req, policy);
      return perform(url, req, exempt ? agents.open : agents.guarded);
    },
    async close() {
      await Promise.all([agents.open.close(), agents.guarded.close()]);
    },
  };
}

/** Throws where the request may not go. A name is judged by the addresses it has when it is sent. */
export function refuseAddress(req: HttpRequest, { allowPrivate }: EgressPolicy): { url: URL; exempt: boolean } {
  const url = parse(req.url);
  const exempt = isNamed(url, allowPrivate);
  refuse(url, req, exempt);
  return { url, exempt };
}

const agentOptions = (guarded: boolean): Agent.Options => ({
  connect: { timeout: 5_000, ...(guarded && { lookup: publicLookup }) },
  keepAliveTimeout: 10_000,
  connections: 64,
});

function parse(address: string | URL): URL {
  if (!URL.canParse(String(address))) throw unsent("bad_url", "the address is not a complete http(s) address");
  return new URL(address);
}

/** Refuses before a socket exists. Literal addresses never reach a DNS look-up, so they are judged here. */
function refuse(url: URL, req: HttpRequest, exempt: boolean): void {
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw unsent("bad_protocol", `${url.protocol} is not http(s)`);
  if (url.username || url.password) throw unsent("credentials_in_url", "an address may not carry a user name");
  if (req.allowedHosts && !isNamed(url, req.allowedHosts))
    throw unsent("host_not_allowed", `${url.host} is not a host of this connection`);
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (!exempt && isIP(literal) && !isPublic(literal))
    throw unsent("private_address", `${url.host} is a private address`);
}

const isNamed = (url: URL, hosts: readonly string[]): boolean =>
  hosts.includes(url.hostname) || hosts.includes(`${url.hostname}:${url.port || (DEFAULT_PORTS[url.protocol] ?? "")}`);

/** Judges a mapped address by the one it embeds; of the rest of IPv6 only 2000::/3 is public (NAT64, 6to4 and `::a.b.c.d` hide IPv4). */
export function isPublic(address: string): boolean {
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === "unicast";
  if (parsed.isIPv4MappedAddress()) return isPublic(parsed.toIPv4Address().toString());
  return parsed.range() === "unicast" && ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, found: LookupAddress[] | undefined) => {
    const addresses = found ?? [];
    const [first] = addresses;
    const problem = error ?? (addresses.every(({ address }) => isPublic(address)) ? null : hidden(hostname));
    if (problem || !first) callback(problem ?? hidden(hostname), "");
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const hidden = (hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${hostname} resolves to a private address`), { code: "private_address" });

/** What is known of one request: whether its first byte left, and what stopped it right before. */
interface Wire {
  started: boolean;
  refusal?: unknown;
}

async function perform(url: URL, req: HttpRequest, agent: Agent): Promise<HttpResponse> {
  const signal = AbortSignal.any([req.signal, AbortSignal.timeout(req.deadlineMs)]);
  if (signal.aborted) throw unsent("cancelled", "the call was cancelled before it was sent");
  const wire: Wire = { started: false };
  const dispatcher = agent.compose(
    atFirstByte(() => {
      start(req, signal, wire);
    }),
  );
  try {
    return await untilAborted(exchange(url, req, { dispatcher, signal }), signal);
  } catch (error) {
    if (wire.refusal !== undefined && error === wire.refusal) throw error;
    throw transportError(error, req.signal, wire.started ? "sent" : "unsent");
  }
}

function start(req: HttpRequest, signal: AbortSignal, wire: Wire): void {
  signal.throwIfAborted();
  try {
    req.aboutToSend?.();
  } catch (error) {
    wire.refusal = error;
    throw error;
  }
  wire.started = true;
}

async function exchange(
  url: URL,
  req: HttpRequest,
  options: { dispatcher: Dispatcher; signal: AbortSignal },
): Promise<HttpResponse> {
  const response = await request(url, {
    ...options,
    method: req.method.toUpperCase(),
    headers: { ...req.headers },
    body: req.body ?? null,
  });
  return {
    status: response.statusCode,
    headers: flat(response.headers),
    body: await collect(response.body, req.maxBytes ?? ONE_MEGABYTE),
  };
}

/** undici calls `onRequestStart` when the socket stands, right before it writes; what is thrown there keeps every byte back. */
function atFirstByte(start: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context: unknown) => {
        start();
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    });
}

/** undici hears no signal while a request waits for its socket, so the deadline is kept here. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error("cancelled"));
    };
    signal.addEventListener("abort", stop, { once: true });
    void work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  });
}

async function collect(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes)
      throw new TransportError("sent", "body_too_large", { message: `the answer is over ${maxBytes} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function transportError(error: unknown, cancelled: AbortSignal, phase: "unsent" | "sent"): TransportError {
  if (error instanceof TransportError) return error;
  if (cancelled.aborted)
    return new TransportError(phase, "cancelled", { message: "the call was cancelled", cause: error });
  if (error instanceof Error && error.name === "TimeoutError")
    return new TransportError(phase, "timeout", { message: "no complete answer within the deadline", cause: error });
  const code = codeOf(error);
  const what = phase === "unsent" ? "could not connect" : "the connection broke";
  return new TransportError(phase, code, { message: `${what} (${code})`, cause: error });
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return "connection_lost";
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value] as const],
  );
  return Object.fromEntries(entries);
}

const unsent = (code: string, message: string): TransportError => new TransportError("unsent", code, { message });
