import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { SandboxReply, SandboxRequest, SandboxSystem } from "../system.js";

/** Feeds a loopback server's requests to a system, without faults: the core's own server is tested elsewhere. */
export async function serveSystem(system: SandboxSystem): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    answer(system, incoming).then(
      (reply) => send(outgoing, reply),
      (error: unknown) => send(outgoing, { status: 500, body: String(error) }),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The test server has no port.");
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${address.port}`, close };
}

async function answer(system: SandboxSystem, incoming: IncomingMessage): Promise<SandboxReply> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array));
  const url = new URL(incoming.url ?? "/", "http://sandbox");
  const request: SandboxRequest = {
    method: incoming.method ?? "GET",
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
  };
  return system.handle(request, system.operation(request));
}

function send(outgoing: ServerResponse, { status, headers = {}, body }: SandboxReply): void {
  const isText = typeof body === "string" || Buffer.isBuffer(body);
  const payload = body === undefined || isText ? body : JSON.stringify(body);
  const type = body === undefined || isText ? {} : { "Content-Type": "application/json;charset=UTF-8" };
  outgoing.writeHead(status, { ...type, ...headers });
  outgoing.end(payload);
}
