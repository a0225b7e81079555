import { createServer } from "node:net";

/** A port that nobody listens on: the wished one if it is free, else one from the system. */
export async function freePort(wished = 0): Promise<number> {
  return (await listenOnce(wished, "127.0.0.1")) ?? (await freePort(0));
}

export async function isPortTaken(port: number, host: string): Promise<boolean> {
  return (await listenOnce(port, host)) === undefined;
}

/** The port bound for a moment, or undefined when it is taken. */
function listenOnce(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(new Error(`Cannot listen on ${host}:${port}: ${error.message}`, { cause: error }));
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
