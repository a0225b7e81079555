import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/**
 * The server's side of a WebSocket (RFC 6455), as far as Socket Mode needs it: text messages, ping, pong, close; frames from the
 * client are masked, ours are not; no extensions.
 */
export interface WebSocketConnection {
  send(text: string): void;
  ping(): void;
  close(code?: number): void;
  onMessage: (text: string) => void;
  onClose: () => void;
}

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const OPCODE = { continuation: 0x0, text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const NORMAL_CLOSURE = 1000;
const TOO_BIG = 1009;

interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
  readonly size: number;
}

interface FrameHead {
  readonly length: number;
  /** Where the mask begins. */
  readonly offset: number;
}

const readHead = (buffer: Buffer): FrameHead | undefined => {
  if (buffer.length < 2) return undefined;
  const short = buffer.readUInt8(1) & 0x7f;
  if (short < 126) return { length: short, offset: 2 };
  if (short === 126) return buffer.length < 4 ? undefined : { length: buffer.readUInt16BE(2), offset: 4 };
  return buffer.length < 10 ? undefined : { length: Number(buffer.readBigUInt64BE(2)), offset: 10 };
};

const unmask = (payload: Buffer, mask: Buffer): Buffer => {
  const plain = Buffer.from(payload);
  for (let index = 0; index < plain.length; index += 1) {
    plain.writeUInt8(plain.readUInt8(index) ^ mask.readUInt8(index % 4), index);
  }
  return plain;
};

/** The next whole frame, or undefined until more bytes have come. */
export const readFrame = (buffer: Buffer): Frame | undefined => {
  const head = readHead(buffer);
  if (head === undefined) return undefined;
  if (head.length > MAX_MESSAGE_BYTES) throw new RangeError("The message is too big.");
  const masked = (buffer.readUInt8(1) & 0x80) !== 0;
  const start = head.offset + (masked ? 4 : 0);
  const size = start + head.length;
  if (buffer.length < size) return undefined;
  const body = buffer.subarray(start, size);
  const payload = masked ? unmask(body, buffer.subarray(head.offset, start)) : Buffer.from(body);
  const first = buffer.readUInt8(0);
  return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload, size };
};

const writeFrame = (opcode: number, payload: Buffer): Buffer => {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head.writeUInt8(0x80 | opcode, 0);
  head.writeUInt8(length < 126 ? length : length < 65_536 ? 126 : 127, 1);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
};

const closePayload = (code: number): Buffer => {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return payload;
};

const connect = (socket: Duplex, head: Buffer): WebSocketConnection => {
  let waiting = head;
  let parts: Buffer[] = [];
  let closed = false;
  const write = (opcode: number, payload: Buffer): void => {
    if (!closed && socket.writable) socket.write(writeFrame(opcode, payload));
  };
  const finish = (code: number): void => {
    if (closed) return;
    write(OPCODE.close, closePayload(code));
    closed = true;
    socket.end();
  };
  const connection: WebSocketConnection = {
    send: (text) => write(OPCODE.text, Buffer.from(text, "utf8")),
    ping: () => write(OPCODE.ping, Buffer.from("Ping from sandbox")),
    close: (code = NORMAL_CLOSURE) => finish(code),
    onMessage: () => undefined,
    onClose: () => undefined,
  };
  const takeData = (frame: Frame): void => {
    parts.push(frame.payload);
    if (!frame.final) return;
    const text = Buffer.concat(parts).toString("utf8");
    parts = [];
    connection.onMessage(text);
  };
  const take = (frame: Frame): void => {
    if (frame.opcode === OPCODE.ping) write(OPCODE.pong, frame.payload);
    else if (frame.opcode === OPCODE.close) finish(NORMAL_CLOSURE);
    else if (frame.opcode === OPCODE.text || frame.opcode === OPCODE.continuation) takeData(frame);
  };
  const drain = (): void => {
    for (let frame = readFrame(waiting); frame !== undefined; frame = readFrame(waiting)) {
      waiting = waiting.subarray(frame.size);
      take(frame);
    }
  };
  socket.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    try {
      drain();
    } catch {
      // A frame too big to hold: RFC 6455 section 7.4.1 closes with 1009.
      finish(TOO_BIG);
    }
  });
  socket.on("error", () => socket.destroy());
  socket.once("close", () => connection.onClose());
  return connection;
};

export const acceptWebSocket = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): WebSocketConnection | undefined => {
  const key = request.headers["sec-websocket-key"];
  if (key === undefined || request.headers.upgrade?.toLowerCase() !== "websocket") {
    socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
    return undefined;
  }
  const accept = createHash("sha1")
    .update(key + GUID)
    .digest("base64");
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept}`,
  ];
  socket.write(lines.join("\r\n") + "\r\n\r\n");
  return connect(socket, head);
};
