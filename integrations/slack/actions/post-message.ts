import { z } from "zod";
import { defineAction } from "../../connector.js";
import { ConnectorError } from "../../outcome.js";
import type { SlackConfig, SlackSecret } from "../config.js";
import { erasePost } from "../erase-post.js";
import { findPost, POST_DOUBT } from "../find-post.js";
import { escapeMrkdwn } from "../mrkdwn.js";
import { post, POSTED_OUTPUT } from "../post.js";

/** Slack advises 4,000 characters and cuts at 40,000 without a word, so longer text is refused here. */
const MAX_TEXT = 4_000;

const inputSchema = z.object({
  channel: z.string().min(1).max(80).meta({ title: "Channel", options: "channels" }),
  text: z.string().meta({
    title: "Message",
    description: `Up to ${MAX_TEXT} characters; *bold*, _italic_ and lists as in Slack`,
    template: true,
    multiline: true,
  }),
  mention: z
    .string()
    .regex(/^([UW][A-Z0-9]+)?$/, "Not a Slack person's id")
    .optional()
    .meta({ title: "Mention", options: "people", advanced: true }),
  threadTs: z.string().optional().meta({ title: "In the thread of", template: true, advanced: true }),
});
type Input = z.infer<typeof inputSchema>;

export const postMessage = defineAction<Input, SlackConfig, SlackSecret>({
  name: "slack.postMessage",
  major: 1,
  title: "Slack message",
  sentence: "Post to {channel}: {text}",
  input: inputSchema,
  output: POSTED_OUTPUT,
  masks: ["text"],
  deadlineMs: 10_000,
  exactlyOnce: "looked-up",
  doubt: POST_DOUBT,
  scopes: ({ channel }) => [`channel:${channel}`],
  send: async (input, call) => post({ ...target(input), text: messageText(input) }, call),
  find: (input, lookUp) => findPost(target(input), lookUp),
  erase: erasePost,
});

function target({ channel, threadTs }: Input): { channel: string; threadTs?: string } {
  const thread = threadTs?.trim() ?? "";
  if (thread === "") return { channel };
  if (!/^\d{1,12}\.\d{6}$/.test(thread))
    throw refused("invalid_thread_ts", "The thread is not the id of a Slack message.");
  return { channel, threadTs: thread };
}

function messageText({ text, mention }: Input): string {
  const trimmed = text.trim();
  if (trimmed === "") throw refused("no_text", "The message is empty.");
  if (trimmed.length > MAX_TEXT)
    throw refused("msg_too_long", `The message has ${trimmed.length} characters; Slack takes ${MAX_TEXT}.`);
  return mention ? `<@${mention}> ${escapeMrkdwn(trimmed)}` : escapeMrkdwn(trimmed);
}

const refused = (code: string, message: string): ConnectorError =>
  new ConnectorError({ outcome: "REJECTED", code, message });
