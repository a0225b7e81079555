import { createHmac, randomUUID } from "node:crypto";
import { APPROVE } from "../../integrations/slack/cards.js";
import { REASON_BLOCK, REASON_INPUT, REASON_VIEW } from "../../integrations/slack/reason-modal.js";
import { PEOPLE, SLACK_ACCOUNT } from "../../integrations/sandbox/sandbox-accounts.js";

export type Person = (typeof PEOPLE)[number];

const [maya, tom] = PEOPLE;
export const managers = { maya, tom } as const;

interface Press {
  readonly productUrl: string;
  readonly approvalId: string;
  readonly by: Person;
}

/** Slack's request when a manager presses Approve; answers the status that Slack is given. */
export const pressApprove = ({ productUrl, approvalId, by }: Press): Promise<number> =>
  interact(productUrl, {
    ...who(by),
    type: "block_actions",
    trigger_id: `trigger.${randomUUID()}`,
    container: { type: "message", channel_id: "C0CXTEAM01", message_ts: "1700000000.000100" },
    actions: [{ type: "button", action_id: APPROVE, value: approvalId, action_ts: "1700000001.000100" }],
  });

/** Slack's request when a manager sends the form that asks why not. */
export const submitRejection = ({ productUrl, approvalId, by }: Press, reason: string): Promise<number> =>
  interact(productUrl, {
    ...who(by),
    type: "view_submission",
    view: {
      id: "V0000000001",
      callback_id: REASON_VIEW,
      private_metadata: JSON.stringify({ approvalId, channel: "C0CXTEAM01", messageTs: "1700000000.000100" }),
      state: { values: { [REASON_BLOCK]: { [REASON_INPUT]: { type: "plain_text_input", value: reason } } } },
    },
  });

const who = ({ id, handle }: Person) => ({
  user: { id, username: handle, name: handle, team_id: SLACK_ACCOUNT.teamId },
  team: { id: SLACK_ACCOUNT.teamId, domain: SLACK_ACCOUNT.teamDomain },
});

/** docs.slack.dev, "Verifying requests from Slack": v0 over "v0:<seconds>:<raw body>". */
async function interact(productUrl: string, payload: object): Promise<number> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const seconds = String(Math.floor(Date.now() / 1000));
  const digest = createHmac("sha256", SLACK_ACCOUNT.signingSecret).update(`v0:${seconds}:${body}`).digest("hex");
  const response = await fetch(`${productUrl}/slack/interactivity`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": seconds,
      "x-slack-signature": `v0=${digest}`,
    },
  });
  await response.arrayBuffer();
  return response.status;
}
