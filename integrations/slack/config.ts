import { z } from "zod";
import type { OpenConnection } from "../connector.js";

/** What the check found out; it travels with the configuration. */
const factsSchema = z.looseObject({ teamId: z.string().optional(), workspaceUrl: z.url().optional() });

/** Only this machine or its own network may be spoken to in plain http: anywhere else the token could be read on the way. */
function isConfidential(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || ["127.0.0.1", "[::1]"].includes(hostname) || !/[.:]/.test(hostname);
}

export const slackConfigSchema = z.object({
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .refine(isConfidential, "must begin with https://")
    .default("https://slack.com/api/")
    .transform((url) => (url.endsWith("/") ? url : `${url}/`))
    .meta({ title: "API address", advanced: true }),
  teamId: z.string().max(20).optional().meta({
    title: "Workspace id",
    description: "When given, a token of another workspace is refused",
    advanced: true,
  }),
  facts: factsSchema.optional().meta({ hidden: true }),
});
export type SlackConfig = z.output<typeof slackConfigSchema>;

export const slackSecretSchema = z.object({
  botToken: z.string().min(1).meta({ title: "Bot token (xoxb-…)" }),
  signingSecret: z.string().default("").meta({ title: "Signing secret (for buttons over HTTP)" }),
  appToken: z.string().default("").meta({ title: "App-level token (xapp-…, for buttons over Socket Mode)" }),
});
export type SlackSecret = z.output<typeof slackSecretSchema>;

export type SlackConnection = OpenConnection<SlackConfig, SlackSecret>;

export const slackHosts = (config: Pick<SlackConfig, "apiUrl">): readonly string[] => [hostAndPort(config.apiUrl)];

/** Always with the port, so that naming the API does not open the host's other ports. */
function hostAndPort(address: string): string {
  const url = new URL(address);
  return `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}
