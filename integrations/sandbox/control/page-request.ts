import { z } from "zod";
import { PAGE_HEADER } from "../core/system-server.js";
import { JIRA_ACCOUNT, PEOPLE, SALESFORCE_ACCOUNT, SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { SystemName } from "../system.js";

const pageRequestSchema = z.strictObject({
  system: z.enum(["slack", "jira", "salesforce"]),
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  path: z.string().startsWith("/"),
  body: z.unknown().optional(),
  /** One of PEOPLE; where the system knows people's own tokens, the call is theirs. */
  user: z.string().optional(),
});

type BaseUrl = (system: SystemName) => string;

const tokenReply = z.object({ access_token: z.string() });

const salesforceToken = async (baseUrl: BaseUrl): Promise<string> => {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: SALESFORCE_ACCOUNT.clientId,
    client_secret: SALESFORCE_ACCOUNT.clientSecret,
  });
  const response = await fetch(`${baseUrl("salesforce")}/services/oauth2/token`, {
    method: "POST",
    body,
    headers: { [PAGE_HEADER]: "1" },
  });
  return tokenReply.parse(await response.json()).access_token;
};

const authorization: Record<
  "slack" | "jira" | "salesforce",
  (baseUrl: BaseUrl, user: string | undefined) => Promise<string>
> = {
  slack: () => Promise.resolve(`Bearer ${SLACK_ACCOUNT.botToken}`),
  jira: (_, user) => {
    const person = PEOPLE.find((candidate) => candidate.id === user);
    const pair =
      person === undefined
        ? `${JIRA_ACCOUNT.email}:${JIRA_ACCOUNT.apiToken}`
        : `${person.email}:sandbox-jira-${person.handle}`;
    return Promise.resolve(`Basic ${Buffer.from(pair).toString("base64")}`);
  },
  salesforce: async (baseUrl) => `Bearer ${await salesforceToken(baseUrl)}`,
};

const parseBody = (text: string): unknown => {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A person moving a card or editing a field on the page: an ordinary API call with the sandbox's own account, spared by faults. */
export const performPageRequest = async (
  input: unknown,
  baseUrl: BaseUrl,
): Promise<{ status: number; body: unknown }> => {
  const { system, method, path, body, user } = pageRequestSchema.parse(input);
  const headers = {
    authorization: await authorization[system](baseUrl, user),
    "content-type": "application/json",
    [PAGE_HEADER]: "1",
  };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(baseUrl(system) + path, { method, headers, ...content });
  return { status: response.status, body: parseBody(await response.text()) };
};
