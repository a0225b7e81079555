import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answerUnreadable } from "./client-errors.js";

export interface HttpServer {
  readonly port: number;
  /** Takes nothing new, lets answers in progress finish for so long, then closes what is left. */
  close(graceMs?: number): Promise<void>;
}

/** The time limits are on receiving a request; an answer may take longer (server-sent events never end). */
export async function listen(
  app: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<HttpServer> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    app,
  );
  answerUnreadable(server);
  await started(server, host, port);
  return { port: portOf(server.address()), close: (graceMs = 10_000) => close(server, graceMs) };
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const lastResort = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(lastResort);
      resolve();
    });
    server.closeIdleConnections();
  });
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === "object" && address !== null ? address.port : 0;
