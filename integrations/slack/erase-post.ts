import { z } from "zod";
import type { CopyCall, CopyErased } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { slackApi } from "./client.js";
import type { SlackConfig, SlackSecret } from "./config.js";

const okSchema = z.object({ ok: z.literal(true) });

/** Slack's words for a message, or its channel, that is not there any more. */
const GONE = ["message_not_found", "channel_not_found"];

/**
 * chat.delete of a message that we posted; `externalId` is "channel/ts".
 * @see https://docs.slack.dev/reference/methods/chat.delete
 */
export async function erasePost(call: CopyCall<SlackConfig, SlackSecret>): Promise<CopyErased> {
  const [channel, ts] = call.externalId.split("/");
  try {
    await slackApi(call).write("chat.delete", { channel, ts }, okSchema);
    return { copy: "deleted" };
  } catch (error) {
    if (error instanceof ConnectorError && GONE.includes(error.code)) return { copy: "gone" };
    throw error;
  }
}
