import { LogLevel, WebClient } from "@slack/web-api";
import { expect } from "vitest";
import { SLACK_ACCOUNT } from "../../sandbox-accounts.js";
import type { Sandbox } from "../../sandbox.js";
import { shapeProblems } from "./shapes.js";

export const apiUrl = (sandbox: Sandbox): string => `${sandbox.baseUrl("slack")}/api/`;

const checkingFetch =
  (called: Set<string>): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    const method = /\/api\/([\w.]+)/.exec(input instanceof Request ? input.url : input.toString())?.[1];
    if (method === undefined) return response;
    called.add(method);
    const body: unknown = await response.clone().json();
    expect(shapeProblems(method, body) ?? [], `${method} against Slack's own shapes`).toEqual([]);
    return response;
  };

export interface SlackClient {
  readonly web: WebClient;
  readonly called: ReadonlySet<string>;
}

/** The real client; every answer that it gets is compared with the shapes of Slack's own answers. */
export const connect = (sandbox: Sandbox, token: string = SLACK_ACCOUNT.botToken): SlackClient => {
  const called = new Set<string>();
  const options = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logLevel: LogLevel.ERROR };
  return {
    web: new WebClient(token, { slackApiUrl: apiUrl(sandbox), fetch: checkingFetch(called), ...options }),
    called,
  };
};

/** The error code of a call that Slack refuses. */
export const refusal = async (call: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (typeof error !== "object" || error === null || !("data" in error)) return error;
  const { data } = error;
  return typeof data === "object" && data !== null && "error" in data ? data.error : error;
};

export const CX = "C0CXTEAM01";

export const approvalBlocks = [
  { type: "header", text: { type: "plain_text", text: "Key account unhappy" } },
  {
    type: "section",
    text: { type: "mrkdwn", text: "*NPS 3* from Fjellvik" },
    fields: [{ type: "mrkdwn", text: "*Score*\n3" }],
  },
  { type: "context", elements: [{ type: "mrkdwn", text: "Run 1" }] },
  { type: "divider" },
  {
    type: "actions",
    block_id: "decision",
    elements: [
      {
        type: "button",
        action_id: "approve",
        style: "primary",
        value: "a-1",
        text: { type: "plain_text", text: "Approve" },
      },
      {
        type: "button",
        action_id: "reject",
        style: "danger",
        value: "a-1",
        text: { type: "plain_text", text: "Reject" },
      },
    ],
  },
];
