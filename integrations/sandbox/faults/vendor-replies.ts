import type { SandboxReply, SystemName } from "../system.js";

const slackLimit = { status: 429, body: { ok: false, error: "ratelimited" } };
const jiraLimit = {
  status: 429,
  headers: {
    "x-ratelimit-limit": "100",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-nearlimit": "true",
    "ratelimit-reason": "jira-burst-based",
  },
  body: { errorMessages: ["Rate limit exceeded."], errors: {} },
};
const salesforceLimit = {
  status: 403,
  body: [
    { message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded.", errorCode: "REQUEST_LIMIT_EXCEEDED" },
  ],
};

const limits: Record<SystemName, SandboxReply> = {
  slack: slackLimit,
  jira: jiraLimit,
  salesforce: salesforceLimit,
};

/** How each vendor says "too many requests"; Salesforce names no time to wait. */
export const rateLimitReply = (system: SystemName, retryAfter: number | "omit"): SandboxReply => {
  const reply = limits[system];
  if (retryAfter === "omit" || system === "salesforce") return reply;
  return { ...reply, headers: { ...reply.headers, "retry-after": String(retryAfter) } };
};

const page = (title: string): SandboxReply => ({
  status: 200,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** What a proxy or a login page in between answers. */
export const htmlReply = (): SandboxReply => page("Please sign in to continue");

export const serverErrorReply = (code: number): SandboxReply => ({ ...page("Something went wrong"), status: code });
