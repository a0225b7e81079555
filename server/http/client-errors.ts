import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ApiProblem } from "./common-api.js";

interface Unreadable {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

const SLOW: Unreadable = {
  status: 408,
  code: "request_too_slow",
  detail: "The request did not arrive in time. Send its headers within ten seconds and all of it within fifteen.",
};
const LONG: Unreadable = {
  status: 431,
  code: "headers_too_large",
  detail: "The address and the headers are longer than 16 KB together. Send less in them.",
};
const WRONG: Unreadable = {
  status: 400,
  code: "bad_request",
  detail: "This is not HTTP/1.1, or it can be read in two ways. Check how the request is written.",
};

const byCode: Readonly<Record<string, Unreadable>> = {
  ERR_HTTP_REQUEST_TIMEOUT: SLOW,
  HPE_HEADER_OVERFLOW: LONG,
};

/**
 * What came cannot be read as a request, so no route hears of it: it is answered in the form of every other error, and hung up on. Where
 * an answer is on its way already, another one would be read as part of it.
 */
export function answerUnreadable(server: Server): void {
  const answering = new WeakSet<Duplex>();
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    answering.add(socket);
    response.once("close", () => answering.delete(socket));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable || answering.has(socket)) socket.destroy();
    else socket.end(textOf(byCode[error.code ?? ""] ?? WRONG));
  });
}

function textOf({ status, code, detail }: Unreadable): string {
  const title = STATUS_CODES[status] ?? "Error";
  const body = JSON.stringify({ type: "about:blank", title, status, code, detail } satisfies ApiProblem);
  const headers = [
    "Connection: close",
    "Content-Type: application/problem+json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options: nosniff",
  ];
  return [`HTTP/1.1 ${status} ${title}`, ...headers, "", body].join("\r\n");
}
