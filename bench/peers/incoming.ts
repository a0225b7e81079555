import type { Side, SideOptions } from "../side.js";

/** The response that every peer gets: of the same size as the product's. */
export const posting =
  (url: string): Side["event"] =>
  (event) => ({
    url,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      score: 3,
      name: "Sam Rivera",
      product: "App",
      submittedAt: "2026-03-02T09:00:00Z",
      responseId: event,
      comment: event,
      email: `${event}@globex.example`,
    }),
  });

const profiling = new URL("../profiling.mjs", import.meta.url).href;

/** What every peer's Node gets. */
export const nodeEnv = ({ profileDir }: SideOptions): Record<string, string> => ({
  NODE_ENV: "production",
  // The sink is on loopback: no proxy between.
  NO_PROXY: "127.0.0.1",
  no_proxy: "127.0.0.1",
  ...(profileDir && { NODE_OPTIONS: `--import ${profiling}`, BENCH_PROFILES: profileDir }),
});
