import { z } from "zod";

/** A host that only this machine or its own network can answer: plain http is refused anywhere else, because the token would be readable. */
const isLocalHost = (hostname: string): boolean =>
  ["127.0.0.1", "localhost", "[::1]"].includes(hostname) || !/[.:]/.test(hostname);

const address = z.url({ protocol: /^https?$/ }).refine(
  (value) => {
    const url = new URL(value);
    return url.protocol === "https:" || isLocalHost(url.hostname);
  },
  { message: "must begin with https://" },
);

/** Loose, because the facts found by the check travel with the configuration. */
export const jiraConfigSchema = z.looseObject({
  site: address.meta({
    title: "Site",
    description: "The address that people open, for example https://acme.atlassian.net",
  }),
  email: z.email().meta({ title: "E-mail", description: "Of the Atlassian account that owns the API token" }),
  apiBase: address.optional().meta({
    title: "API address",
    description: "Only for tokens with scopes: https://api.atlassian.com/ex/jira/<cloud id>",
    advanced: true,
  }),
});

export const jiraSecretSchema = z.object({
  apiToken: z.string().min(1).meta({ title: "API token" }),
  webhookSecret: z.string().min(16).optional().meta({
    title: "Webhook secret",
    description: "The secret entered with the webhook in Jira; without it Jira's news are not accepted",
  }),
});

export type JiraConfig = z.infer<typeof jiraConfigSchema>;
export type JiraSecret = z.infer<typeof jiraSecretSchema>;

/** Where calls go: the scoped-token gateway when given, else the site itself. */
export const apiAddress = (config: JiraConfig): URL => new URL(config.apiBase ?? config.site);

export const jiraHosts = (config: JiraConfig): string[] => [apiAddress(config).host];

export const browseUrl = (config: JiraConfig, issueKey: string): string =>
  new URL(`/browse/${encodeURIComponent(issueKey)}`, config.site).href;
