import type { SandboxReply } from "../system.js";

/**
 * Jira's error body. Source: "Status codes" of the Jira Cloud REST API v3 introduction; `errors` is keyed by field id.
 */
export function problem(
  status: number,
  messages: readonly string[],
  errors: Readonly<Record<string, string>> = {},
): SandboxReply {
  return { status, body: { errorMessages: messages, errors } };
}

/** Leaves a handler early with a reply that a client sees as an error. */
export class JiraRefusal extends Error {
  readonly reply: SandboxReply;

  constructor(reply: SandboxReply) {
    super(`Jira answers ${reply.status}`);
    this.reply = reply;
  }
}

export function refuse(status: number, messages: readonly string[], errors?: Readonly<Record<string, string>>): never {
  throw new JiraRefusal(problem(status, messages, errors));
}

/** A request that the fake knows it does not imitate is never answered with invented success. */
export function unsupported(what: string): SandboxReply {
  return {
    status: 501,
    headers: { "x-fake-unsupported": encodeURI(what) },
    body: { errorMessages: [`The sandbox does not imitate ${what}.`], errors: {} },
  };
}

export const NO_CONTENT: SandboxReply = { status: 204 };

export function ok(body: object): SandboxReply {
  return { status: 200, body };
}
