import { defineConnector } from "../connector.js";
import { commentIssue } from "./actions/comment-issue.js";
import { createIssue } from "./actions/create-issue.js";
import { markDuplicate } from "./actions/mark-duplicate.js";
import { checkJira } from "./check.js";
import { jiraConfigSchema, jiraHosts, jiraSecretSchema, type JiraConfig, type JiraSecret } from "./config.js";
import { jiraOptions } from "./options.js";

export const jiraConnector = defineConnector<JiraConfig, JiraSecret>({
  name: "jira",
  title: "Jira",
  config: jiraConfigSchema,
  secret: jiraSecretSchema,
  secretUse: { apiToken: "outbound", webhookSecret: "inbound" },
  hosts: jiraHosts,
  // Jira publishes no figures for bursts; an issue takes 20 writes in two seconds and 100 in thirty.
  rates: { connection: { intervalMs: 100 }, issue: { intervalMs: 300 } },
  check: checkJira,
  options: jiraOptions,
  actions: [createIssue, commentIssue, markDuplicate],
});

export { verifyJiraWebhook, parseJiraWebhook, type JiraEvent } from "./webhook.js";
