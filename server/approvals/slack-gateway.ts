import type { HttpClient } from "../../integrations/http.js";
import { slackConfigSchema, slackSecretSchema } from "../../integrations/slack/config.js";
import type { ApprovalClick } from "../../integrations/slack/interaction.js";
import { openReasonModal } from "../../integrations/slack/reason-modal.js";
import type { InboundConnection } from "../connections/connection-execution.js";
import type { SlackOrigin } from "./slack-interactions.js";

export interface SlackGatewayDependencies {
  /** Every Slack connection, with its inbound secrets. */
  readonly connections: () => Promise<readonly InboundConnection[]>;
  /** For response URLs, which are no part of any connection. */
  readonly http: HttpClient;
}

export type SignedOrigin = SlackOrigin & { readonly signingSecret: string };

const ANSWER_MS = 2_500;

export const originOf = ({ id, workspaceId, facts }: InboundConnection): SlackOrigin => ({
  connectionId: id,
  workspaceId,
  teamId: typeof facts["teamId"] === "string" ? facts["teamId"] : null,
});

/** What the api itself says to Slack: modals that must open within three seconds, and words to whoever clicked. */
export function createSlackGateway({ connections, http }: SlackGatewayDependencies) {
  async function connectionOf({ connectionId }: SlackOrigin): Promise<InboundConnection | undefined> {
    return (await connections()).find(({ id }) => id === connectionId);
  }

  return {
    async origins(): Promise<SignedOrigin[]> {
      return (await connections()).map((one) => ({
        ...originOf(one),
        signingSecret: one.secrets["signingSecret"] ?? "",
      }));
    },

    async askReason(origin: SlackOrigin, click: ApprovalClick): Promise<void> {
      const found = await connectionOf(origin);
      if (!found) return;
      const connection = {
        config: slackConfigSchema.parse(found.config),
        secret: slackSecretSchema.parse(found.secret),
        http: found.http,
      };
      await openReasonModal(
        { ...click, title: "Reject", label: "Why not?", submitLabel: "Reject", cancelLabel: "Cancel" },
        { connection, signal: AbortSignal.timeout(ANSWER_MS), deadlineMs: ANSWER_MS },
      );
    },

    async tell(_origin: SlackOrigin, { responseUrl: url }: ApprovalClick, text: string): Promise<void> {
      if (!url) return;
      const body = JSON.stringify({ response_type: "ephemeral", replace_original: false, text });
      const headers = { "content-type": "application/json" };
      await http.send({
        method: "POST",
        url,
        headers,
        body,
        // A signed message named it. It is bound to, because the sandbox's is reached only where a request is.
        allowedHosts: [new URL(url).host],
        signal: AbortSignal.timeout(ANSWER_MS),
        deadlineMs: ANSWER_MS,
      });
    },
  };
}
