import { onTestFinished } from "vitest";
import { createHttpClient, TransportError, type HttpClient, type HttpRequest } from "../http.js";
import { httpLoopback, tcpLoopback, type Answer } from "./loopback.js";

/** A guarded client that may reach the private hosts given. */
export function client(...allowPrivate: string[]): HttpClient {
  const http = createHttpClient({ allowPrivate });
  onTestFinished(() => http.close());
  return http;
}

export async function serve(answer: Answer) {
  const server = await httpLoopback(answer);
  onTestFinished(() => server.close());
  return { ...server, http: client(server.host) };
}

export async function listen(...given: Parameters<typeof tcpLoopback>) {
  const server = await tcpLoopback(...given);
  onTestFinished(() => server.close());
  return { ...server, http: client(server.host) };
}

export const ask = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "POST",
  url,
  body: "hello",
  signal: new AbortController().signal,
  deadlineMs: 5_000,
  ...more,
});

export async function failure(http: HttpClient, request: HttpRequest): Promise<TransportError> {
  const error: unknown = await http.send(request).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TransportError)) throw new Error(`expected a TransportError, got ${String(error)}`);
  return error;
}
