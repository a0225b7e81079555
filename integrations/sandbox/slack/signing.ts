import { createHmac } from "node:crypto";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { World } from "../system.js";

/**
 * v0 signature over "v0:<seconds>:<raw body>" (docs.slack.dev, "Verifying requests from Slack"). The time is the machine's, not the
 * sandbox's: receivers compare it with their own clock. The fault clock_skew moves it.
 */
export const signedHeaders = (world: World, body: string): Record<string, string> => {
  const skewMs = Number(world.standingFault("slack", "clock_skew")?.["ms"] ?? 0);
  const seconds = String(Math.floor((Date.now() + skewMs) / 1000));
  const secret = world.setting("slack.signingSecret") ?? SLACK_ACCOUNT.signingSecret;
  const digest = createHmac("sha256", secret).update(`v0:${seconds}:${body}`).digest("hex");
  return {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": seconds,
    "x-slack-signature": `v0=${digest}`,
    "user-agent": "Slackbot 1.0 (sandbox)",
  };
};
