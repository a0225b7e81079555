import { z } from "zod";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { SandboxReply } from "../system.js";
import { commonPayload, findUser, type SlackParts } from "./interact.js";
import { createResponseUrl } from "./response-urls.js";
import { signedHeaders } from "./signing.js";
import { createTrigger } from "./triggers.js";

const saySchema = z.object({ channel: z.string(), text: z.string().min(1), user: z.string().optional() });
const ACK_LIMIT_MS = 3000;
/** Redeliveries of an event that was not accepted: at once, after a minute, after five. */
const EVENT_RETRIES_MS = [0, 60_000, 300_000];

const problem = (status: number, error: string): SandboxReply => ({ status, body: { ok: false, error } });

const announce = async ({ state, sockets }: SlackParts, event: object): Promise<void> => {
  const url = state.world.setting("slack.eventsUrl");
  const overSocket = sockets.isConnected();
  if (url === undefined && !overSocket) return;
  const payload = {
    token: SLACK_ACCOUNT.verificationToken,
    team_id: SLACK_ACCOUNT.teamId,
    api_app_id: SLACK_ACCOUNT.appId,
    event,
    type: "event_callback",
    event_id: state.world.nextId("Ev"),
    event_time: Math.floor(state.world.now() / 1000),
    is_ext_shared_channel: false,
  };
  const body = JSON.stringify(payload);
  const transport = { transport: (_: string, attempt: number) => sockets.send("events_api", payload, attempt) };
  await state.world.deliver({
    system: "slack",
    url: url ?? "socket://events",
    headers: { ...signedHeaders(state.world, body), "content-type": "application/json" },
    body,
    timeoutMs: ACK_LIMIT_MS,
    retryAfterMs: EVENT_RETRIES_MS,
    accepted: (status) => status === 200,
    retryHeaders: (attempt) => ({ "x-slack-retry-num": String(attempt), "x-slack-retry-reason": "http_timeout" }),
    ...(overSocket ? transport : {}),
  });
};

/** A person writes into a channel; the app gets the message event if an events URL is set or a socket is open. */
export const say = async (parts: SlackParts, input: unknown): Promise<SandboxReply> => {
  const { channel: wanted, text, user: name } = saySchema.parse(input);
  const { state } = parts;
  const user = findUser(state, name);
  const channel = state.channels.all().find((row) => row.id === wanted || row.name === wanted.replace("#", ""));
  if (user === undefined || channel === undefined) return problem(404, "There is no such person or channel.");
  const ts = state.nextTs();
  state.putMessage({ channel: channel.id, ts, user: user.id, text });
  const event = {
    type: "message",
    channel: channel.id,
    user: user.id,
    text,
    ts,
    event_ts: ts,
    channel_type: channel.kind,
  };
  if (channel.members.includes(SLACK_ACCOUNT.botUserId)) await announce(parts, event);
  return { status: 200, body: { ok: true, channel: channel.id, ts } };
};

const slashSchema = z.object({
  channel: z.string(),
  command: z.string().startsWith("/"),
  text: z.string().default(""),
  user: z.string().optional(),
});

/** A person types a slash command; the answer's text is shown to them. */
export const slash = async (parts: SlackParts, input: unknown): Promise<SandboxReply> => {
  const wanted = slashSchema.parse(input);
  const { state, sockets } = parts;
  const user = findUser(state, wanted.user);
  const channel = state.channels.get(wanted.channel);
  if (user === undefined || channel === undefined) return problem(404, "There is no such person or channel.");
  const common = commonPayload(user);
  const payload = {
    token: String(common["token"]),
    team_id: SLACK_ACCOUNT.teamId,
    team_domain: SLACK_ACCOUNT.teamDomain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user.id,
    user_name: user.name,
    command: wanted.command,
    text: wanted.text,
    api_app_id: SLACK_ACCOUNT.appId,
    is_enterprise_install: "false",
    response_url: createResponseUrl(state, { channel: channel.id, user: user.id }),
    trigger_id: createTrigger(state, user.id),
  };
  const body = new URLSearchParams(payload).toString();
  const transport = { transport: (_: string, attempt: number) => sockets.send("slash_commands", payload, attempt) };
  const result = await state.world.deliver({
    system: "slack",
    url: state.world.setting("slack.commandsUrl") ?? `${state.world.productUrl()}/slack/commands`,
    headers: signedHeaders(state.world, body),
    body,
    timeoutMs: ACK_LIMIT_MS,
    retryAfterMs: [],
    accepted: (status) => status === 200,
    ...(sockets.isConnected() ? transport : {}),
  });
  return { status: 200, body: { ok: result.status === 200, status: result.status, body: result.body } };
};
