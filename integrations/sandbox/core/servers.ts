import { createServer, type RequestListener, type Server } from "node:http";
import type { SandboxSystem } from "../system.js";

export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/** Every server of the sandbox is for this machine only. */
const HOST = "127.0.0.1";

/** Listens on the port, or on a free one for 0. The listener comes later, when all addresses are known. */
export const listen = (port: number): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: 30_000 });
    server.once("error", (error: NodeJS.ErrnoException) => {
      const inUse = error.code === "EADDRINUSE";
      reject(
        inUse
          ? new Error(`Port ${port} is taken; the sandbox needs it. Choose another PORT.`, { cause: error })
          : error,
      );
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("The sandbox has no address."));
      else resolve({ server, port: address.port });
    });
  });

export const attach = (listening: Listening, listener: RequestListener, system?: SandboxSystem): void => {
  listening.server.on("request", listener);
  listening.server.on("upgrade", (request, socket, head) => {
    if (system?.upgrade === undefined) socket.destroy();
    else system.upgrade(request, socket, head);
  });
};

export const urlOf = (listening: Listening): string => `http://${HOST}:${listening.port}`;

export const closeServer = ({ server }: Listening): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
