import { z } from "zod";
import { ConnectorError } from "../outcome.js";
import type { SlackApi } from "./client.js";

const openedSchema = z.object({ channel: z.object({ id: z.string() }) });
const listSchema = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Direct messages live in a D… conversation, which look-ups need too; opening it twice gives the same one. */
export async function conversationId(api: SlackApi, channel: string): Promise<string> {
  if (!/^[UW][A-Z0-9]+$/.test(channel)) return channel;
  const opened = await api.read("conversations.open", { users: channel }, openedSchema);
  return opened.channel.id;
}

/** Posting takes "#cx", reading and joining take ids only. A name that is not listed stays as it is: what asks with it then says so. */
export async function readableId(api: SlackApi, channel: string): Promise<string> {
  if (!channel.startsWith("#")) return conversationId(api, channel);
  return withoutGroups((types) => idOf(api, channel, types));
}

async function idOf(api: SlackApi, channel: string, types: string): Promise<string> {
  let cursor = "";
  do {
    const asked = { limit: 200, types, ...(cursor && { cursor }) };
    const page = await api.read("conversations.list", asked, listSchema);
    const match = page.channels.find(({ name }) => `#${name}` === channel);
    if (match) return match.id;
    cursor = page.response_metadata?.next_cursor ?? "";
  } while (cursor !== "");
  return channel;
}

/** Without groups:read Slack refuses the whole list rather than leaving private channels out. */
export async function withoutGroups<Found>(list: (types: string) => Promise<Found>): Promise<Found> {
  return list("public_channel,private_channel").catch((error: unknown) => {
    if (error instanceof ConnectorError && error.code === "missing_scope") return list("public_channel");
    throw error;
  });
}
