import type { Action, OpenConnection } from "./connector.js";
import { refuseAddress, type EgressPolicy, type HttpClient, type HttpRequest, type HttpResponse } from "./http.js";
import { ConnectorError } from "./outcome.js";
import { REHEARSAL_KEY, SECRET, type Rehearsal } from "./rehearsal.js";

/** As it would leave, but for the credentials, the key, and ids that are looked up. */
export interface RehearsedRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export type Rehearsed =
  | { readonly kind: "request"; readonly request: RehearsedRequest }
  /** What the action itself would refuse before anything leaves. */
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly field: string | null };

export interface RehearsalOf {
  readonly action: Pick<Action, "send" | "deadlineMs">;
  readonly input: unknown;
  /** Opens the connection with a client through which nothing leaves. */
  readonly open: (http: HttpClient) => OpenConnection;
  readonly rehearsal: Rehearsal<unknown> | undefined;
  readonly egress: EgressPolicy;
}

/**
 * Runs the action's own `send` up to its first write, and keeps that instead of sending it: what is shown cannot differ from what is sent,
 * because it is made by the same code.
 */
export async function rehearse({ action, input, open, rehearsal, egress }: RehearsalOf): Promise<Rehearsed> {
  const kept: { request?: HttpRequest } = {};
  const connection = openWith(open, rehearsal, (request, config) => {
    refuseAddress(request, egress);
    const answered = request.aboutToSend ? null : rehearsal?.answer(request, config);
    if (answered !== null && answered !== undefined) return answered;
    kept.request ??= request;
    throw new Error("nothing is sent in a rehearsal");
  });
  const call = { connection, key: REHEARSAL_KEY, signal: new AbortController().signal, deadlineMs: action.deadlineMs };
  try {
    await action.send(input, { ...call, aboutToSend: () => undefined });
  } catch (error) {
    if (!kept.request) return refusal(error);
  }
  if (!kept.request) throw new Error("an action came to its end without a request");
  return { kind: "request", request: shown(kept.request) };
}

type Answerer = (request: HttpRequest, config: unknown) => unknown;

function openWith(
  open: RehearsalOf["open"],
  rehearsal: Rehearsal<unknown> | undefined,
  answer: Answerer,
): OpenConnection {
  let config: unknown = {};
  const opened = open({
    send: async (request) => Promise.resolve(answerOf(answer(request, config))),
    close: () => Promise.resolve(),
  });
  config = rehearsal?.config?.(opened.config) ?? opened.config;
  // What is remembered by connection must not meet what real calls remember, nor an earlier address.
  const secret = { ...(opened.secret as object), ...rehearsal?.secret };
  return { ...opened, config, secret, id: `rehearsal ${opened.id} ${JSON.stringify(config)}` };
}

/** `{ status, body }`, or the JSON of a 200. */
const answerOf = (answer: unknown): HttpResponse => {
  const { status, body } = isAnswer(answer) ? answer : { status: 200, body: answer };
  const headers = { "content-type": "application/json" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
};

const isAnswer = (answer: unknown): answer is { readonly status: number; readonly body: unknown } =>
  typeof answer === "object" && answer !== null && "status" in answer && typeof answer.status === "number";

function refusal(error: unknown): Rehearsed {
  if (!(error instanceof ConnectorError)) throw error;
  const { code, message, fields } = error;
  return { kind: "refused", code, message, field: Object.keys(fields)[0] ?? null };
}

function shown({ method, url, headers = {}, body }: HttpRequest): RehearsedRequest {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), withoutSecret(value)] as const);
  return {
    method,
    url: String(url),
    headers: Object.fromEntries(named),
    body: body === undefined ? null : String(body),
  };
}

/** `Basic` holds it in another form. */
function withoutSecret(value: string): string {
  const [scheme = "", credentials = ""] = value.split(" ");
  const isBasic = scheme === "Basic" && Buffer.from(credentials, "base64").toString("utf8").includes(SECRET);
  return isBasic ? `Basic ${SECRET}` : value;
}
