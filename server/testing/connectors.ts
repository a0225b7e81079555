import { z } from "zod";
import { defineConnector } from "../../integrations/connector.js";
import { ConnectorError } from "../../integrations/outcome.js";
import { fromTransport } from "../../integrations/transport.js";
import { TransportError } from "../../integrations/http.js";

/** A connector whose system is whatever server a test starts: GET / must answer 200 to the token. */
export const testConnector = defineConnector({
  name: "parrot",
  title: "Parrot",
  config: z.object({
    url: z.url().meta({ title: "Address" }),
    room: z.string().default("main").meta({ title: "Room", advanced: true }),
  }),
  secret: z.object({
    token: z.string().min(4),
    signingSecret: z.string().default(""),
    botToken: z.string().default(""),
  }),
  secretUse: { token: "outbound", signingSecret: "inbound", botToken: "both" },
  hosts: ({ url }) => [new URL(url).host],
  rates: { connection: { intervalMs: 250 } },
  check: async ({ config, secret, http }, signal) => {
    const headers = { authorization: secret.token };
    const answer = await http
      .send({ method: "GET", url: config.url, headers, signal, deadlineMs: 5_000 })
      .catch((error: unknown) => {
        throw error instanceof TransportError ? fromTransport(error, "read") : error;
      });
    const text = answer.body.toString();
    if (answer.status !== 200) throw new ConnectorError({ outcome: "AUTH", code: "no_parrot", message: text });
    return { account: text, target: config.url, notes: [{ level: "ok", message: "It speaks." }], facts: { words: 7 } };
  },
  options: {
    words: async ({ http, config, secret }, { query, values, signal }) => {
      const url = `${config.url}words?${new URLSearchParams({ query, values: JSON.stringify(values) }).toString()}`;
      const headers = { authorization: secret.token };
      const { body } = await http.send({ method: "GET", url, headers, signal, deadlineMs: 5_000 });
      return [{ value: "hello", label: body.toString() }];
    },
  },
  actions: [],
});
