import type { Call, LookUp } from "../../connector.js";
import type { SalesforceConfig, SalesforceSecret } from "../config.js";
import type { FakeServer } from "../../testing/fake-server.js";

export const KEY = "lw_abc234";

type Connection = Call<SalesforceConfig, SalesforceSecret>["connection"];

let connections = 0;

/** A connection of its own for every test, because tokens are remembered by connection. */
export function connectionTo(
  server: Pick<FakeServer, "url" | "http">,
  over: { config?: object; secret?: SalesforceSecret } = {},
): Connection {
  connections += 1;
  return {
    id: `con-${connections}`,
    config: {
      loginUrl: server.url,
      apiVersion: "62.0",
      grant: "client_credentials",
      clientId: "client-1",
      ...over.config,
    },
    secret: over.secret ?? { clientSecret: "hush" },
    http: server.http,
  };
}

export const callTo = (
  server: FakeServer,
  over: Partial<Call<SalesforceConfig, SalesforceSecret>> = {},
): Call<SalesforceConfig, SalesforceSecret> => ({
  connection: connectionTo(server),
  key: KEY,
  signal: new AbortController().signal,
  deadlineMs: 5_000,
  aboutToSend: () => undefined,
  ...over,
});

export const lookUpIn = (
  server: FakeServer,
  connection = connectionTo(server),
): LookUp<SalesforceConfig, SalesforceSecret> => ({
  connection,
  key: KEY,
  signal: new AbortController().signal,
  deadlineMs: 5_000,
  since: new Date("2026-03-02T01:00:00Z"),
  lastSentAt: new Date("2026-03-02T01:05:00Z"),
  now: new Date("2026-03-02T01:06:00Z"),
});

export const withFacts = (exactlyOnce: "effect-object" | "external-id" | "none") => {
  const marked = exactlyOnce === "external-id";
  return { config: { facts: { exactlyOnce, externalIdTask: marked, externalIdCase: marked } } };
};
