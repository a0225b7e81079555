import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { DeliveryResult } from "../system.js";
import type { InteractionRow, UserRow } from "./rows.js";
import { signedHeaders } from "./signing.js";
import type { SocketMode } from "./socket-mode.js";
import type { SlackState } from "./state.js";

export interface SlackParts {
  readonly state: SlackState;
  readonly sockets: SocketMode;
}

/** The app must answer within this, or the person sees a warning. */
const ACK_LIMIT_MS = 3000;
const KEEP_INTERACTIONS = 500;

export const interactivityUrl = ({ world }: SlackState): string =>
  world.setting("slack.interactivityUrl") ?? `${world.productUrl()}/slack/interactivity`;

/** What every interaction payload says about who and where. */
export const commonPayload = (user: UserRow): Record<string, unknown> => ({
  user: { id: user.id, username: user.name, name: user.name, team_id: SLACK_ACCOUNT.teamId },
  api_app_id: SLACK_ACCOUNT.appId,
  token: SLACK_ACCOUNT.verificationToken,
  team: { id: SLACK_ACCOUNT.teamId, domain: SLACK_ACCOUNT.teamDomain },
  enterprise: null,
  is_enterprise_install: false,
});

/** By id, handle, name or e-mail; the first person when nobody is named. */
export const findUser = ({ users }: SlackState, wanted: string | undefined): UserRow | undefined => {
  if (wanted === undefined) return users.all()[0];
  const direct = users.get(wanted);
  return direct ?? users.all().find((user) => [user.name, user.realName, user.email].includes(wanted));
};

const forgetOldest = ({ interactions }: SlackState): void => {
  const all = interactions.all();
  if (all.length >= KEEP_INTERACTIONS && all[0] !== undefined) interactions.delete(all[0].id);
};

type Subject = Pick<InteractionRow, "type" | "user"> &
  Partial<Pick<InteractionRow, "actionId" | "channel" | "ts" | "viewId">>;

const send = ({ state, sockets }: SlackParts, payload: object): Promise<DeliveryResult> => {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const overSocket = sockets.isConnected();
  const transport = { transport: (_: string, attempt: number) => sockets.send("interactive", payload, attempt) };
  return state.world.deliver({
    system: "slack",
    url: overSocket ? "socket://interactive" : interactivityUrl(state),
    headers: signedHeaders(state.world, body),
    body,
    timeoutMs: ACK_LIMIT_MS,
    retryAfterMs: [],
    accepted: (status) => status === 200,
    ...(overSocket ? transport : {}),
  });
};

/** Sends an interaction, by socket when one is connected, else signed to the request URL, and keeps what became of it. */
export const interact = async (parts: SlackParts, subject: Subject, payload: object): Promise<DeliveryResult> => {
  const { state, sockets } = parts;
  forgetOldest(state);
  const id = state.world.nextId("I");
  const transport = sockets.isConnected() ? "socket" : "http";
  const row: InteractionRow = { id, at: state.world.now(), transport, outcome: "waiting", status: null, ...subject };
  state.interactions.put(id, row);
  state.world.changed("slack");
  const result = await send(parts, payload);
  const outcome = result.status === 200 ? "acknowledged" : "app did not respond";
  state.interactions.put(id, { ...row, outcome, status: result.status });
  state.world.changed("slack");
  return result;
};
