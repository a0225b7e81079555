import { z } from "zod";
import { defineAction } from "../../connector.js";
import { decisionBlocks, decisionText } from "../cards.js";
import { slackApi } from "../client.js";
import type { SlackConfig, SlackSecret } from "../config.js";
import { erasePost } from "../erase-post.js";
import { POSTED_OUTPUT, sent } from "../post.js";

const inputSchema = z.object({
  /** As the card's own output gave it: chat.update takes no person's id. */
  channel: z.string().min(1).max(80).meta({ title: "Channel" }),
  ts: z.string().min(1).meta({ title: "Message id" }),
  title: z.string().min(1).meta({ title: "Title" }),
  text: z.string().meta({ title: "Text", multiline: true }),
  decision: z.enum(["approved", "rejected", "expired", "withdrawn"]).meta({ title: "Decision" }),
  decidedBy: z.string().nullable().meta({ title: "Decided by" }),
  decidedAt: z.iso.datetime({ offset: true }).meta({ title: "Decided at" }),
  reason: z.string().nullable().meta({ title: "Reason" }),
});

const updatedSchema = z.object({ channel: z.string(), ts: z.string() });

/** Takes the buttons off the card and says who decided, when and why. */
export const approvalDecision = defineAction<z.infer<typeof inputSchema>, SlackConfig, SlackSecret>({
  name: "slack.approvalDecision",
  major: 1,
  title: "Slack approval decision",
  sentence: "Show the decision on {title}",
  input: inputSchema,
  output: POSTED_OUTPUT,
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
  erase: erasePost,
});
