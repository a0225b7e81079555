import { defineConnector } from "../connector.js";
import { approvalCard } from "./actions/approval-card.js";
import { approvalDecision } from "./actions/approval-decision.js";
import { postMessage } from "./actions/post-message.js";
import { checkSlack } from "./check.js";
import { slackConfigSchema, slackHosts, slackSecretSchema } from "./config.js";
import { channelOptions, peopleOptions } from "./options.js";
import { slackRehearsal } from "./rehearsal.js";

export { assertTransport as assertSlackTransport } from "./assert-transport.js";

export const slackConnector = defineConnector({
  name: "slack",
  title: "Slack",
  config: slackConfigSchema,
  secret: slackSecretSchema,
  secretUse: { botToken: "both", signingSecret: "inbound", appToken: "inbound" },
  hosts: slackHosts,
  rates: {
    // docs.slack.dev "Rate limits": chat.postMessage has a workspace-wide limit that is not published. 200 a minute is a calm pace;
    // a 429 moves the slot.
    connection: { intervalMs: 300 },
    // "Posting messages: 1 per second" in a channel.
    channel: { intervalMs: 1_000 },
  },
  check: checkSlack,
  options: { channels: channelOptions, people: peopleOptions },
  rehearsal: slackRehearsal,
  actions: [postMessage, approvalCard, approvalDecision],
});
