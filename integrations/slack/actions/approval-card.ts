import { z } from "zod";
import { defineAction } from "../../connector.js";
import { approvalBlocks, cardText } from "../cards.js";
import type { SlackConfig, SlackSecret } from "../config.js";
import { erasePost } from "../erase-post.js";
import { findPost, POST_DOUBT } from "../find-post.js";
import { post, POSTED_OUTPUT } from "../post.js";

const inputSchema = z.object({
  channel: z.string().min(1).max(80).meta({ title: "Channel", options: "channels" }),
  approvalId: z.string().min(1).max(200).meta({ title: "Approval id" }),
  title: z.string().min(1).meta({ title: "Title", template: true }),
  text: z.string().meta({ title: "Text", template: true, multiline: true }),
  approveLabel: z.string().min(1).meta({ title: "Button to approve" }),
  rejectLabel: z.string().min(1).meta({ title: "Button to reject" }),
  runUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ title: "Link to the run" }),
});

/** The question, with its two buttons. */
export const approvalCard = defineAction<z.infer<typeof inputSchema>, SlackConfig, SlackSecret>({
  name: "slack.approvalCard",
  major: 1,
  title: "Slack approval card",
  sentence: "Ask in {channel}: {title}",
  input: inputSchema,
  output: POSTED_OUTPUT,
  deadlineMs: 10_000,
  exactlyOnce: "looked-up",
  doubt: POST_DOUBT,
  scopes: ({ channel }) => [`channel:${channel}`],
  internal: true,
  send: (input, call) => post({ channel: input.channel, text: cardText(input), blocks: approvalBlocks(input) }, call),
  find: ({ channel }, lookUp) => findPost({ channel }, lookUp),
  erase: erasePost,
});
