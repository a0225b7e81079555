import { fileURLToPath } from "node:url";
import { lineOf, startChild } from "./child.js";

export interface SinkStats {
  readonly effects: number;
  readonly doubled: number;
  readonly calls: number;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
}

export interface Sink {
  readonly url: string;
  readonly host: string;
  stats(): Promise<SinkStats>;
  /** When the first effect of each event arrived, milliseconds since the epoch. */
  first(): Promise<Readonly<Record<string, number>>>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSink({ slowMs = 0, failing = 0 } = {}): Promise<Sink> {
  const file = fileURLToPath(new URL("sink.ts", import.meta.url));
  const child = startChild(process.execPath, ["--import", "tsx", file, String(slowMs), String(failing)], {
    name: "sink",
  });
  const [, port = ""] = await lineOf(child, /^(\d+)\n/m);
  const host = `127.0.0.1:${port}`;
  const url = `http://${host}`;
  const read = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();
  return {
    url,
    host,
    stats: () => read("/stats") as Promise<SinkStats>,
    first: () => read("/first") as Promise<Record<string, number>>,
    async reset() {
      await read("/reset");
    },
    stop: () => child.stop(),
  };
}
