import { BOT, GUEST, type Person } from "../people.js";

/** The parts of Jira's answers that the tests look at; a part that is missing fails the test that reads it. */
export interface Answer {
  readonly id: string;
  readonly key: string;
  readonly self: string;
  readonly enabled: boolean;
  readonly errorMessages: readonly string[];
  readonly errors: Readonly<Record<string, string>>;
  readonly issues: readonly { readonly id: string; readonly key: string; readonly fields: object }[];
  readonly nextPageToken: string;
  readonly transitions: readonly { readonly id: string }[];
  readonly comments: readonly { readonly properties: unknown }[];
  readonly fields: {
    readonly description: unknown;
    readonly issuelinks: readonly { readonly outwardIssue: { readonly key: string } }[];
    readonly comment: { readonly comments: readonly unknown[] };
  };
}

export interface RawReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Answer;
}

export type RawJira = (method: string, path: string, body?: unknown) => Promise<RawReply>;

/** Plain requests, for the raw shapes that clients hide. */
export function rawJira(url: string, person: Person | null = BOT): RawJira {
  const basic = person && `Basic ${Buffer.from(`${person.email}:${person.token}`).toString("base64")}`;
  return async (method, path, body) => {
    const headers = {
      ...(basic && { Authorization: basic }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    };
    const content = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const response = await fetch(url + path, { method, headers, redirect: "manual", ...content });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: JSON.parse(isJson ? text : "{}") as Answer,
    };
  };
}

export const asGuest = (url: string): RawJira => rawJira(url, GUEST);

export const adf = (text: string) => ({
  type: "doc",
  version: 1,
  content: [{ type: "paragraph", content: [{ type: "text", text }] }],
});

export const newIssue = (fields: object = {}) => ({
  fields: { project: { key: "SUP" }, issuetype: { name: "Task" }, summary: "Call Jane Doe", ...fields },
});
