import type { Interaction } from "../../integrations/slack/interaction.js";
import { readInteraction, verifySlackRequest } from "../../integrations/slack/interactivity.js";
import { DomainError } from "../errors.js";
import { flatHeaders } from "../http/headers.js";
import { readRawBody } from "../http/raw-body.js";
import { defineRoute, type Route } from "../http/route.js";
import type { SignedOrigin } from "./slack-gateway.js";
import type { Act } from "./slack-interactions.js";

export interface SlackRouteDependencies {
  /** Every Slack connection with its signing secret. */
  readonly origins: () => Promise<readonly SignedOrigin[]>;
  /** Among those that the same secret vouches for. */
  readonly originFor: (origins: readonly SignedOrigin[], about: Interaction) => Promise<SignedOrigin | undefined>;
  readonly act: Act;
}

const MAX_BODY_BYTES = 512 * 1024;

/** Buttons and modals over HTTP: verified on the raw bytes, kept, then acknowledged: empty, or with what a modal shows next. */
export const slackRoutes = ({ origins, originFor, act }: SlackRouteDependencies): Route[] => [
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
      const signedBy = signingSecrets[verified.secretIndex];
      const vouching = known.filter(({ signingSecret }) => signingSecret === signedBy);
      const interaction = readInteraction(rawBody);
      const origin = interaction && (await originFor(vouching, interaction));
      const answer = origin ? await act(origin, interaction) : undefined;
      if (answer) response.status(200).json(answer);
      else response.status(200).end();
    },
  }),
];
