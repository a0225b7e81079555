import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { startSystems, type Sandbox, type SandboxOptions } from "../sandbox.js";
import { createSlack } from "../slack/index.js";

/** A sandbox of its own on free ports, closed when the test ends. */
export const startTestSandbox = async (options: Partial<SandboxOptions> = {}): Promise<Sandbox> => {
  const sandbox = await startSystems({ systems: [createSlack], ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
};

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
}

type Answer = (received: Received, response: ServerResponse) => void;

/** A product that only listens: keeps what was sent to it and answers as told. */
export const startReceiver = async (answer: Answer = (_, response) => void response.end()): Promise<Receiver> => {
  const received: Received[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const one = { path: message.url ?? "", headers: message.headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${address.port}`, received };
};

export const postJson = async (url: string, body: unknown): Promise<unknown> => {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  return response.json();
};
