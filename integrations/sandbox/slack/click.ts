import { z } from "zod";
import type { SandboxReply } from "../system.js";
import { isJson } from "./arguments.js";
import { commonPayload, findUser, interact, type SlackParts } from "./interact.js";
import { showMessage } from "./messages.js";
import { createResponseUrl } from "./response-urls.js";
import type { Json, MessageRow, UserRow } from "./rows.js";
import { formatTs, messageId, type SlackState } from "./state.js";
import { createTrigger } from "./triggers.js";

const clickSchema = z.object({
  channel: z.string(),
  ts: z.string(),
  /** With several actions of one id, blockId or value say which. */
  actionId: z.string().optional(),
  blockId: z.string().optional(),
  value: z.string().optional(),
  user: z.string().optional(),
});

type Click = z.infer<typeof clickSchema>;

interface Found {
  readonly element: Json;
  readonly blockId: string;
}

const actionsOf = (message: MessageRow): Found[] =>
  (message.blocks ?? []).flatMap((block) => {
    const listed: unknown[] = Array.isArray(block["elements"]) ? block["elements"] : [];
    const candidates = [...listed, block["accessory"]].filter(isJson);
    return candidates
      .filter((element) => typeof element["action_id"] === "string")
      .map((element) => ({ element, blockId: String(block["block_id"]) }));
  });

const isWanted =
  (click: Click) =>
  ({ element, blockId }: Found): boolean =>
    (click.actionId === undefined || element["action_id"] === click.actionId) &&
    (click.blockId === undefined || blockId === click.blockId) &&
    (click.value === undefined || element["value"] === click.value);

const problem = (status: number, error: string): SandboxReply => ({ status, body: { ok: false, error } });

const describeAction = (state: SlackState, { element, blockId }: Found): Record<string, unknown> => {
  const { type, action_id, text, value, style, url } = element;
  const present = Object.entries({ text, value, style, url }).filter(([, given]) => given !== undefined);
  const actionTs = formatTs(state.world.now() * 1000);
  return { type, action_id, block_id: blockId, ...Object.fromEntries(present), action_ts: actionTs };
};

const buildPayload = (state: SlackState, scene: { message: MessageRow; user: UserRow; found: Found }): object => {
  const { message, user, found } = scene;
  const channel = state.channels.get(message.channel);
  const isEphemeral = message.ephemeralTo !== undefined;
  const where = { channel: message.channel, ts: message.ts, user: user.id };
  return {
    type: "block_actions",
    ...commonPayload(user),
    container: { type: "message", message_ts: message.ts, channel_id: message.channel, is_ephemeral: isEphemeral },
    trigger_id: createTrigger(state, user.id),
    channel: { id: message.channel, name: channel?.kind === "im" ? "directmessage" : (channel?.name ?? "") },
    ...(isEphemeral ? {} : { message: showMessage(message, true) }),
    state: { values: {} },
    response_url: createResponseUrl(state, where),
    actions: [describeAction(state, found)],
  };
};

/** A person presses a button. Answers what the app answered; `ok` only if it did so with 200 within three seconds. */
export const click = async (parts: SlackParts, input: unknown): Promise<SandboxReply> => {
  const wanted = clickSchema.parse(input);
  const { state } = parts;
  const named =
    state.channels.get(wanted.channel) ??
    state.channels.all().find((row) => row.name === wanted.channel.replace("#", ""));
  const message = named === undefined ? undefined : state.messages.get(messageId(named.id, wanted.ts));
  if (message === undefined) return problem(404, `There is no message ${wanted.ts} in ${wanted.channel}.`);
  const user = findUser(state, wanted.user);
  if (user === undefined) return problem(404, `There is nobody called ${wanted.user ?? "?"} in the sandbox's Slack.`);
  const found = actionsOf(message).find(isWanted(wanted));
  if (found === undefined) return problem(409, "This message has no such button any more.");
  const actionId = String(found.element["action_id"]);
  const subject = { type: "block_actions", user: user.id, channel: message.channel, ts: message.ts, actionId };
  const result = await interact(parts, subject, buildPayload(state, { message, user, found }));
  const ok = result.status === 200;
  return {
    status: 200,
    body: { ok, status: result.status, body: result.body, ...(ok ? {} : { error: "app did not respond" }) },
  };
};
