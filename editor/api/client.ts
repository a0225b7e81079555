import { z } from "zod";
import { problemSchema } from "../../server/http/common-api.js";
import type { ApiProblem } from "../../server/http/common-api.js";

/** Whatever kept a call from its answer. `problem.code` is stable; `body` keeps what stood beside the problem fields. */
export class ApiError extends Error {
  readonly problem: ApiProblem;
  readonly body: unknown;

  constructor(problem: ApiProblem, body: unknown = null) {
    super(problem.detail);
    this.name = "ApiError";
    this.problem = problem;
    this.body = body;
  }
}

export interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** It is sent although the page is going away. */
  readonly keepalive?: boolean;
}

const made = (code: string, status: number, detail: string): ApiProblem => ({
  type: "about:blank",
  title: code,
  status,
  code,
  detail,
});

async function send(
  path: string,
  { method = "GET", body, headers, signal, keepalive = false }: Call,
): Promise<Response> {
  const mutates = method !== "GET";
  try {
    return await fetch(path, {
      method,
      credentials: "same-origin",
      keepalive,
      headers: { accept: "application/json", ...(mutates && { "content-type": "application/json" }), ...headers },
      ...(mutates && { body: JSON.stringify(body ?? {}) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    throw broken(cause, signal);
  }
}

/** A connection that breaks before the answer, or in the middle of it; who gave up asking is told what they said. */
const broken = (cause: unknown, signal: AbortSignal | undefined): unknown =>
  signal?.aborted === true ? cause : new ApiError(made("offline", 0, "Loopwright did not answer."));

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw broken(cause, signal);
  });
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Calls the API and reads the answer by its schema; anything else becomes an `ApiError`. */
export async function request<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  call: Call = {},
): Promise<z.infer<Schema>> {
  const response = await send(path, call);
  const body = await readJson(response, call.signal);
  if (!response.ok) {
    const problem = problemSchema.safeParse(body);
    throw new ApiError(problem.data ?? made("no_answer", response.status, response.statusText), body);
  }
  const read = schema.safeParse(body);
  if (!read.success) throw new ApiError(made("unexpected_answer", response.status, z.prettifyError(read.error)), body);
  return read.data;
}

/** Leaves out what is undefined or empty. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
