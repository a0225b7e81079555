import { z } from "zod";
import type { ConnectionCheck } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { slackApi } from "./client.js";
import type { SlackConnection, SlackSecret } from "./config.js";

const DEADLINE_MS = 15_000;

const identitySchema = z.object({
  url: z.url(),
  team: z.string(),
  team_id: z.string(),
  user: z.string(),
  user_id: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

type Note = ConnectionCheck["notes"][number];

/** What is lost without each scope, worst first. */
const SCOPES: readonly (readonly [scope: string, without: string])[] = [
  ["chat:write", "messages and approvals cannot be posted"],
  ["channels:history", "a message in doubt in a public channel waits for a person, because it cannot be looked up"],
  ["groups:history", "a message in doubt in a private channel waits for a person"],
  ["im:history", "a direct message in doubt waits for a person"],
  ["channels:join", "the app must be invited to every channel"],
  ["channels:read", "channels must be entered by their id"],
  ["users:read", "people must be entered by their id"],
];

/** auth.test says whose token it is; its answer's x-oauth-scopes header says what the token may do. */
export async function checkSlack(connection: SlackConnection, signal: AbortSignal): Promise<ConnectionCheck> {
  const call = { connection, signal, deadlineMs: DEADLINE_MS };
  const me = await slackApi(call).read("auth.test", {}, identitySchema);
  refuseOtherTeam(connection.config.teamId, me);
  const scopes = me.response_metadata?.scopes;
  const notes = [
    ...scopeNotes(scopes),
    ...inboundNotes(connection.secret),
    ...(await appTokenNotes(connection, signal)),
  ];
  return {
    account: me.user,
    target: me.team,
    notes: notes.length > 0 ? notes : [{ level: "ok", message: "Everything that flows need is allowed." }],
    facts: {
      teamId: me.team_id,
      botUserId: me.user_id,
      history: scopes?.includes("channels:history") ?? false,
      workspaceUrl: me.url,
    },
  };
}

function refuseOtherTeam(expected: string | undefined, { team, team_id: found }: z.infer<typeof identitySchema>): void {
  if (!expected || expected === found) return;
  throw new ConnectorError({
    outcome: "AUTH",
    code: "other_workspace",
    message: `This token belongs to ${team} (${found}), not to ${expected}.`,
  });
}

function scopeNotes(scopes: readonly string[] | undefined): Note[] {
  if (!scopes) return [warning("Slack did not say what this token may do.")];
  return SCOPES.filter(([scope]) => !scopes.includes(scope)).map(([scope, without]) =>
    warning(`The token lacks ${scope}: ${without}.`),
  );
}

const inboundNotes = ({ signingSecret, appToken }: SlackSecret): Note[] =>
  signingSecret || appToken
    ? []
    : [warning("Neither a signing secret nor an app-level token is entered: buttons in Slack will not answer.")];

/** Socket Mode starts with this very call; asking for an address and not using it does no harm. */
async function appTokenNotes(connection: SlackConnection, signal: AbortSignal): Promise<Note[]> {
  const { appToken } = connection.secret;
  if (!appToken) return [];
  const asApp = { ...connection, secret: { ...connection.secret, botToken: appToken } };
  try {
    await slackApi({ connection: asApp, signal, deadlineMs: DEADLINE_MS }).read(
      "apps.connections.open",
      {},
      z.object({ url: z.string() }),
    );
    return [];
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return [warning(`Socket Mode will not start: ${error.message}`)];
  }
}

const warning = (message: string): Note => ({ level: "warning", message });
