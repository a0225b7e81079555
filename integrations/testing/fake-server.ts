import { createServer, type ServerResponse } from "node:http";
import { afterEach } from "vitest";
import { createHttpClient, type HttpClient } from "../http.js";

export interface Received {
  readonly method: string;
  /** With its query, as it was on the wire. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export type Respond = (request: Received, response: ServerResponse) => void;

export interface FakeServer {
  readonly url: string;
  readonly host: string;
  readonly received: readonly Received[];
  readonly http: HttpClient;
  close(): Promise<void>;
}

/** A loopback server that answers as the test says, and an HTTP client that may reach it. */
async function startFake(respond: Respond): Promise<FakeServer> {
  const received: Received[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "GET", url = "/", headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(request);
      respond(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fake server has no port");
  const host = `127.0.0.1:${address.port}`;
  const http = createHttpClient({ allowPrivate: [host] });
  let closed: Promise<void> | null = null;
  const shut = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await http.close();
  };
  const close = () => (closed ??= shut());
  return { url: `http://${host}`, host, received, http, close };
}

/** Starts fakes for the tests of one file and closes them after each. */
export function useFakes(): (respond: Respond) => Promise<FakeServer> {
  const open: FakeServer[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });
  return async (respond) => {
    const server = await startFake(respond);
    open.push(server);
    return server;
  };
}

export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Respond =>
  (_request, response) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

export const text =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Respond =>
  (_request, response) =>
    void response.writeHead(status, { "content-type": "text/html", ...headers }).end(body);

/** The connection dies without an answer. */
export const reset: Respond = (_request, response) => void response.socket?.resetAndDestroy();

/** Headers and the first bytes arrive; the rest never does. */
export const stalledBody: Respond = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"id":');
};
