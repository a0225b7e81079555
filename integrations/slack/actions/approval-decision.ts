import { z } from "zod";
import { defineAction } from "../../connector.js";
import { decisionBlocks, decisionText } from "../cards.js";
import { slackApi } from "../client.js";
import type { SlackConfig, SlackSecret } from "../config.js";
import { sent } from "../post.js";

const inputSchema = z.object({
  /** As the card's own output gave it: chat.update takes no person's id. */
  channel: z.string().min(1).max(80),
  ts: z.string().min(1),
  title: z.string().min(1),
  text: z.string(),
  decision: z.enum(["approved", "rejected", "expired", "withdrawn"]),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime({ offset: true }),
  reason: z.string().nullable(),
});

const updatedSchema = z.object({ channel: z.string(), ts: z.string() });

/** Takes the buttons off the card and says who decided, when and why. */
export const approvalDecision = defineAction<z.infer<typeof inputSchema>, SlackConfig, SlackSecret>({
  name: "slack.approvalDecision",
  major: 1,
  title: "Slack approval decision",
  sentence: "Show the decision on {title}",
  input: inputSchema,
  output: {
    ts: { title: "Message id", type: "string", dataClass: "clear" },
    channel: { title: "Channel id", type: "string", dataClass: "clear" },
  },
  deadlineMs: 10_000,
  exactlyOnce: "proved",
  scopes: ({ channel }) => [`channel:${channel}`],
  internal: true,
  send: async (input, call) => {
    const { channel, ts } = input;
    const args = {
      channel,
      ts,
      text: decisionText(input),
      blocks: decisionBlocks(input),
      parse: "none",
      link_names: false,
    };
    return sent(await slackApi(call).write("chat.update", args, updatedSchema), call.connection.config);
  },
  // Writing the same words over the same message twice is once, so a doubt may always be sent again.
  find: () => Promise.resolve({ kind: "absent" }),
});
