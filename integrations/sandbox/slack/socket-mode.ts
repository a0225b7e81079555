import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { DeliveryResult, World } from "../system.js";
import { isJson } from "./arguments.js";
import { acceptWebSocket, type WebSocketConnection } from "./web-socket.js";

export interface SocketMode {
  /** A ws:// address that opens one connection within half a minute. */
  issueUrl(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  isConnected(): boolean;
  /** Sends an envelope over one of the connections; status 200 with the acknowledged payload, or null when none came in time. */
  send(
    type: "interactive" | "events_api" | "slash_commands",
    payload: object,
    attempt: number,
  ): Promise<DeliveryResult>;
  stop(): void;
}

const TICKET_LIFE_MS = 30_000;
const ACK_LIMIT_MS = 3000;
/** The client gives up on us when it hears no ping for 30 s. */
const PING_EVERY_MS = 10_000;

const hello = (connections: number): string =>
  JSON.stringify({
    type: "hello",
    num_connections: connections,
    debug_info: { host: "sandbox", approximate_connection_time: 3600 },
    connection_info: { app_id: SLACK_ACCOUNT.appId },
  });

const readAck = (text: string): { envelope: string; body: string } | undefined => {
  const message: unknown = JSON.parse(text);
  if (!isJson(message) || typeof message["envelope_id"] !== "string") return undefined;
  const payload = message["payload"];
  const isEmpty = !isJson(payload) || Object.keys(payload).length === 0;
  return { envelope: message["envelope_id"], body: isEmpty ? "" : JSON.stringify(payload) };
};

interface Tickets {
  issue(): string;
  /** Good once, and for half a minute. */
  redeem(request: IncomingMessage): boolean;
}

const createTickets = (world: World): Tickets => {
  const tickets = new Map<string, number>();
  return {
    issue: () => {
      const ticket = randomBytes(16).toString("hex");
      tickets.set(ticket, world.now());
      return ticket;
    },
    redeem: (request) => {
      const url = new URL(request.url ?? "/", "http://sandbox");
      const ticket = url.searchParams.get("ticket") ?? "";
      const issuedAt = tickets.get(ticket);
      tickets.delete(ticket);
      return url.pathname === "/link/" && issuedAt !== undefined && world.now() - issuedAt < TICKET_LIFE_MS;
    },
  };
};

interface Acknowledgements {
  /** Resolves with the acknowledged payload, or with status null after three seconds. */
  expect(envelope: string): Promise<DeliveryResult>;
  hear(text: string): void;
}

const createAcknowledgements = (world: World): Acknowledgements => {
  const awaited = new Map<string, (result: DeliveryResult) => void>();
  const settle = (envelope: string, result: DeliveryResult): void => {
    awaited.get(envelope)?.(result);
    awaited.delete(envelope);
  };
  return {
    expect: (envelope) => {
      const answered = new Promise<DeliveryResult>((resolve) => awaited.set(envelope, resolve));
      world.schedule(ACK_LIMIT_MS, () => settle(envelope, { status: null, body: "" }));
      return answered;
    },
    hear: (text) => {
      const ack = readAck(text);
      if (ack !== undefined) settle(ack.envelope, { status: 200, body: ack.body });
    },
  };
};

export const createSocketMode = (world: World): SocketMode => {
  const tickets = createTickets(world);
  const acknowledgements = createAcknowledgements(world);
  const connections = new Set<WebSocketConnection>();
  const pinger = setInterval(() => connections.forEach((connection) => connection.ping()), PING_EVERY_MS);
  pinger.unref();

  const join = (connection: WebSocketConnection): void => {
    connections.add(connection);
    connection.onMessage = (text) => acknowledgements.hear(text);
    connection.onClose = () => void connections.delete(connection);
    connection.send(hello(connections.size));
  };
  /** The one that was used longest ago, as Slack spreads them. */
  const nextConnection = (): WebSocketConnection | undefined => {
    const [connection] = connections;
    if (connection === undefined) return undefined;
    connections.delete(connection);
    connections.add(connection);
    return connection;
  };

  return {
    issueUrl: () => {
      const query = new URLSearchParams({ ticket: tickets.issue(), app_id: SLACK_ACCOUNT.appId });
      return `${world.baseUrl("slack").replace("http:", "ws:")}/link/?${query.toString()}`;
    },
    upgrade: (request, socket, head) => {
      if (!tickets.redeem(request)) return void socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
      const connection = acceptWebSocket(request, socket, head);
      if (connection !== undefined) join(connection);
    },
    isConnected: () => connections.size > 0,
    send: (type, payload, attempt) => {
      const connection = nextConnection();
      if (connection === undefined) return Promise.resolve({ status: null, body: "" });
      const envelope = randomUUID();
      const isEvent = type === "events_api";
      const retry = isEvent ? { retry_attempt: attempt, retry_reason: attempt === 0 ? "" : "timeout" } : {};
      const answered = acknowledgements.expect(envelope);
      connection.send(
        JSON.stringify({ envelope_id: envelope, type, payload, accepts_response_payload: !isEvent, ...retry }),
      );
      return answered;
    },
    stop: () => {
      clearInterval(pinger);
      connections.forEach((connection) => connection.close());
    },
  };
};
