import { SlackRefusal } from "./refusal.js";
import type { SlackState } from "./state.js";
import { parseTs } from "./state.js";

/** Slack lets about one message a second into a channel; the sandbox does so only when "slack.messagePace" is "on". */
const PACE_MICROS = 1_000_000;

export class SlackRateLimit extends SlackRefusal {
  readonly retryAfterSeconds = 1;
  constructor() {
    super("ratelimited");
  }
}

export const checkPace = (state: SlackState, channel: string): void => {
  if (state.world.setting("slack.messagePace") !== "on") return;
  const latest = state.channelMessages(channel).at(-1);
  if (latest !== undefined && state.world.now() * 1000 - parseTs(latest.ts) < PACE_MICROS) throw new SlackRateLimit();
};
