import type { ConnectionCheck } from "../connector.js";
import { myselfSchema, projectPageSchema, understood } from "./answers.js";
import { openJira, type JiraConnection } from "./client.js";

const DEADLINE_MS = 15_000;
const READ = { writes: false };

type Note = ConnectionCheck["notes"][number];

/** GET /myself says whose token it is; GET /project/search how much of the site that account sees. */
export async function checkJira(connection: JiraConnection, signal: AbortSignal): Promise<ConnectionCheck> {
  const jira = openJira({ connection, signal, deadlineMs: DEADLINE_MS });
  const me = understood(myselfSchema, await jira.getCurrentUser(), READ);
  const { total } = understood(projectPageSchema, await jira.read("/project/search", { maxResults: 1 }), READ);
  return {
    account: me.emailAddress ? `${me.displayName} (${me.emailAddress})` : me.displayName,
    target: new URL(connection.config.site).host,
    notes: notes(total, connection.secret.webhookSecret !== undefined),
    facts: { accountId: me.accountId, projectsVisible: total, webhook: connection.secret.webhookSecret !== undefined },
  };
}

function notes(projects: number, webhook: boolean): Note[] {
  const seen: Note =
    projects === 0
      ? {
          level: "warning",
          message: "This account sees no project, so it cannot create issues. Give it access to one in Jira.",
        }
      : { level: "ok", message: `${projects} ${projects === 1 ? "project is" : "projects are"} visible.` };
  const news: Note = webhook
    ? { level: "ok", message: "Jira's webhooks are verified with your secret." }
    : {
        level: "warning",
        message:
          "No webhook secret: changes made in Jira are not heard, and doubts about created issues take longer to settle.",
      };
  const expiry: Note = {
    level: "warning",
    message: "Jira does not tell when an API token expires; it is one year at most. Note the date where you made it.",
  };
  const once: Note = {
    level: "ok",
    message:
      "After a lost answer the issue is searched by its label for three minutes; if it stays unseen, the step waits for a person.",
  };
  return [seen, news, expiry, once].toSorted((a, b) => Number(a.level === "ok") - Number(b.level === "ok"));
}
