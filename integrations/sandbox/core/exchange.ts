import type { IncomingMessage, ServerResponse } from "node:http";
import type { SandboxReply, SandboxRequest } from "../system.js";

/** One HTTP request and everything that may be done to it, well or badly. */
export interface Exchange {
  readonly request: SandboxRequest;
  /** Lets the system act on the request. Called at most once. */
  readonly apply: () => Promise<SandboxReply>;
  readonly send: (reply: SandboxReply) => void;
  /** Sends the head with the true length, but only this many bytes of the body; undefined: half of it. */
  readonly sendPart: (reply: SandboxReply, bytes: number | undefined) => Promise<void>;
  /** The peer sees ECONNRESET. */
  readonly reset: () => void;
  /** Closes in good order, in the middle of whatever was being said. */
  readonly hangUp: () => void;
  /** Resolves when the client goes away. */
  readonly gone: Promise<void>;
}

const MAX_BODY_BYTES = 32 * 1024 * 1024;

export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error("The request body is larger than 32 MB.");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

export const toSandboxRequest = (message: IncomingMessage, body: Buffer): SandboxRequest => {
  const url = new URL(message.url ?? "/", "http://sandbox");
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value ?? "")] as const);
  const path = decodePath(url.pathname);
  return { method: message.method ?? "GET", path, query: url.searchParams, headers: Object.fromEntries(headers), body };
};

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not an encoding at all: the path as it stands then names nothing that we know.
    return path;
  }
};

interface Encoded {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly bytes: Buffer;
}

const encodeBody = (body: SandboxReply["body"]): { bytes: Buffer; type: Record<string, string> } => {
  if (Buffer.isBuffer(body)) return { bytes: body, type: {} };
  if (typeof body !== "object") return { bytes: Buffer.from(body ?? "", "utf8"), type: {} };
  return {
    bytes: Buffer.from(JSON.stringify(body), "utf8"),
    type: { "content-type": "application/json; charset=utf-8" },
  };
};

const encode = (reply: SandboxReply): Encoded => {
  const { bytes, type } = encodeBody(reply.body);
  const length: Record<string, string> = reply.status === 204 ? {} : { "content-length": String(bytes.length) };
  return { status: reply.status, headers: { ...type, ...reply.headers, ...length }, bytes };
};

export const sendReply = (response: ServerResponse, reply: SandboxReply): void => {
  const { status, headers, bytes } = encode(reply);
  response.writeHead(status, headers);
  response.end(bytes);
};

export const createExchange = (options: {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly request: SandboxRequest;
  readonly apply: () => Promise<SandboxReply>;
  readonly sent: (status: number) => void;
}): Exchange => {
  const { message, response, request, apply, sent } = options;
  const gone = new Promise<void>((resolve) => response.once("close", () => resolve()));
  return {
    request,
    apply,
    gone,
    send: (reply) => {
      sent(reply.status);
      sendReply(response, reply);
    },
    sendPart: (reply, wanted) => {
      const { status, headers, bytes } = encode(reply);
      response.writeHead(status, headers);
      response.flushHeaders();
      const part = bytes.subarray(0, Math.min(wanted ?? Math.floor(bytes.length / 2), Math.max(0, bytes.length - 1)));
      return new Promise((resolve) => response.write(part, () => resolve()));
    },
    reset: () => void message.socket.resetAndDestroy(),
    hangUp: () => void message.socket.end(),
  };
};
