import { readInteraction, verifySlackRequest } from "../../integrations/slack/interactivity.js";
import { DomainError } from "../errors.js";
import { flatHeaders } from "../http/headers.js";
import { readRawBody } from "../http/raw-body.js";
import { defineRoute, type Route } from "../http/route.js";
import type { Act, SlackOrigin } from "./slack-interactions.js";

export interface SlackRouteDependencies {
  /** Every Slack connection with its signing secret. */
  readonly origins: () => Promise<readonly (SlackOrigin & { readonly signingSecret: string })[]>;
  readonly act: Act;
}

const MAX_BODY_BYTES = 512 * 1024;

/** Buttons and modals over HTTP: verified on the raw bytes, kept, then acknowledged: empty, or with what a modal shows next. */
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
      const answer = origin && interaction ? await act(origin, interaction) : undefined;
      if (answer) response.status(200).json(answer);
      else response.status(200).end();
    },
  }),
];
