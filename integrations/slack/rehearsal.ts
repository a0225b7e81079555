import type { HttpRequest } from "../http.js";
import type { Rehearsal } from "../rehearsal.js";
import type { SlackConfig } from "./config.js";

/** A direct message is written into a conversation whose id is asked for first. */
export const slackRehearsal: Rehearsal<SlackConfig> = {
  answer: ({ url }: HttpRequest) =>
    new URL(url).pathname.endsWith("/conversations.open") ? { ok: true, channel: { id: "D0LOOKEDUP" } } : null,
};
