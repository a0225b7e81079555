import type { ServerResponse } from "node:http";

export interface EventHub {
  /** Keeps the response open and writes server-sent events to it. */
  join(response: ServerResponse): void;
  /** Names what changed; many changes within a tenth of a second are told once. */
  changed(topic: string): void;
  close(): void;
}

const TELL_AFTER_MS = 100;
/** Keeps proxies and browsers from thinking the stream dead. */
const KEEP_ALIVE_MS = 15_000;

export const createEventHub = (): EventHub => {
  const clients = new Set<ServerResponse>();
  const topics = new Set<string>();
  let pending: NodeJS.Timeout | undefined;

  const tell = (text: string): void => {
    for (const client of clients) client.write(text);
  };
  const flush = (): void => {
    pending = undefined;
    tell(`event: changed\ndata: ${JSON.stringify([...topics])}\n\n`);
    topics.clear();
  };
  const heartbeat = setInterval(() => tell(": still here\n\n"), KEEP_ALIVE_MS);
  heartbeat.unref();

  return {
    join: (response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write("event: hello\ndata: {}\n\n");
      clients.add(response);
      response.once("close", () => clients.delete(response));
    },
    changed: (topic) => {
      if (clients.size > 0) topics.add(topic);
      if (clients.size > 0) pending ??= setTimeout(flush, TELL_AFTER_MS).unref();
    },
    close: () => {
      clearInterval(heartbeat);
      clearTimeout(pending);
      clients.forEach((client) => client.end());
    },
  };
};
