import type { Call, LookUp } from "../../connector.js";
import type { JiraConfig, JiraSecret } from "../config.js";
import type { FakeServer } from "../../testing/fake-server.js";

export const KEY = "lw_abc234";

export const connectionTo = (server: Pick<FakeServer, "url" | "http">, over: Partial<JiraConfig & JiraSecret> = {}) => {
  const { apiToken = "token-1", webhookSecret, ...config } = over;
  return {
    id: "con-1",
    config: { site: server.url, email: "ops@acme.example", ...config },
    secret: { apiToken, ...(webhookSecret !== undefined && { webhookSecret }) },
    http: server.http,
  };
};

type AnyCall = Call<JiraConfig, JiraSecret>;

export const callTo = (server: FakeServer, over: Partial<AnyCall> = {}): AnyCall => ({
  connection: connectionTo(server),
  key: KEY,
  signal: new AbortController().signal,
  deadlineMs: 5_000,
  aboutToSend: () => undefined,
  ...over,
});

export const lookUpIn = (
  server: FakeServer,
  over: Partial<LookUp<JiraConfig, JiraSecret>> = {},
): LookUp<JiraConfig, JiraSecret> => ({
  connection: connectionTo(server),
  key: KEY,
  signal: new AbortController().signal,
  deadlineMs: 5_000,
  since: new Date("2026-03-02T01:00:00Z"),
  lastSentAt: new Date("2026-03-02T01:05:00Z"),
  now: new Date("2026-03-02T01:06:00Z"),
  ...over,
});
