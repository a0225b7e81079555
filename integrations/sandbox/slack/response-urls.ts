import { randomBytes } from "node:crypto";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { SandboxReply, SandboxRequest } from "../system.js";
import { readArgs, type Args } from "./arguments.js";
import { readContent } from "./messages.js";
import { SlackRefusal } from "./refusal.js";
import type { ResponseUrlRow } from "./rows.js";
import { messageId, type SlackState } from "./state.js";

const MAX_USES = 5;
const LIFE_MS = 30 * 60_000;

export const createResponseUrl = (state: SlackState, where: { channel: string; ts?: string; user: string }): string => {
  const ticket = randomBytes(18).toString("base64url");
  state.responseUrls.put(ticket, { ticket, ...where, issuedAt: state.world.now(), uses: 0 });
  return `${state.world.baseUrl("slack")}/response/${ticket}`;
};

const refuse = (status: number, text: string): SandboxReply => ({ status, body: text });

const replaceOriginal = (state: SlackState, row: ResponseUrlRow, args: Args): void => {
  const original = row.ts === undefined ? undefined : state.messages.get(messageId(row.channel, row.ts));
  if (original === undefined) return;
  if (args.flag("delete_original")) {
    state.messages.delete(messageId(original.channel, original.ts));
    state.world.changed("slack");
    return;
  }
  const { blocks: _blocks, ...rest } = original;
  state.putMessage({
    ...rest,
    ...readContent(state, args),
    edited: { user: SLACK_ACCOUNT.botUserId, ts: state.nextTs() },
  });
};

const postNew = (state: SlackState, row: ResponseUrlRow, args: Args): void => {
  const isPublic = args.text("response_type") === "in_channel";
  state.putMessage({
    channel: row.channel,
    ts: state.nextTs(),
    user: SLACK_ACCOUNT.botUserId,
    botId: SLACK_ACCOUNT.botId,
    ...readContent(state, args),
    ...(isPublic ? {} : { ephemeralTo: row.user }),
  });
};

/** POST /response/:ticket, five times within half an hour. */
export const useResponseUrl = (state: SlackState, request: SandboxRequest): SandboxReply => {
  const ticket = request.path.split("/").at(-1) ?? "";
  const row = state.responseUrls.get(ticket);
  if (row === undefined) return refuse(404, "no_such_url");
  if (state.world.now() - row.issuedAt > LIFE_MS) return refuse(404, "expired_url");
  if (row.uses >= MAX_USES) return refuse(404, "used_url");
  state.responseUrls.put(ticket, { ...row, uses: row.uses + 1 });
  try {
    const args = readArgs(request);
    const onOriginal = args.flag("replace_original") || args.flag("delete_original");
    (onOriginal ? replaceOriginal : postNew)(state, row, args);
    return { status: 200, body: "ok" };
  } catch (error) {
    if (error instanceof SlackRefusal) return refuse(400, error.message);
    throw error;
  }
};
