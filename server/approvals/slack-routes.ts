import { readInteraction, verifySlackRequest } from "../../integrations/slack/interactivity.js";
import type { Interaction } from "../../integrations/slack/interaction.js";
import { DomainError } from "../errors.js";
import { flatHeaders } from "../http/headers.js";
import { readRawBody } from "../http/raw-body.js";
import { defineRoute, type Route } from "../http/route.js";
import type { SlackOrigin } from "./slack-interactions.js";

export interface SlackRouteDependencies {
  /** Every Slack connection with its signing secret. */
  readonly origins: () => Promise<readonly (SlackOrigin & { readonly signingSecret: string })[]>;
  readonly act: (origin: SlackOrigin, interaction: Interaction) => Promise<void>;
}

const MAX_BODY_BYTES = 512 * 1024;

/** Buttons and modals over HTTP: verified on the raw bytes, kept, then acknowledged with an empty 200. */
export const slackRoutes = ({ origins, act }: SlackRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/slack/interactivity",
    access: "signed",
    summary: "Slack's buttons and modals",
    reply: "stream",
    handle: async ({ request, response }) => {
      const rawBody = await readRawBody(request, MAX_BODY_BYTES);
      const known = await origins();
      const signingSecrets = known.map(({ signingSecret }) => signingSecret);
      const headers = flatHeaders(request.headers);
      const verified = verifySlackRequest({ rawBody, headers, signingSecrets, now: new Date() });
      if (!verified.ok) throw new DomainError({ status: 401, code: "bad_signature", message: verified.reason });
      const origin = known[verified.secretIndex];
      const interaction = readInteraction(rawBody);
      if (origin && interaction) await act(origin, interaction);
      response.status(200).end();
      return undefined;
    },
  }),
];
