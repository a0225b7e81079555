import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { Call, LookUp } from "../../connector.js";
import { createHttpClient, type HttpClient } from "../../http.js";
import { httpLoopback, type Received } from "../../testing/loopback.js";
import type { SlackConfig, SlackSecret } from "../config.js";

/** One call as Slack would read it. */
export interface Asked {
  readonly method: string;
  readonly token: string;
  readonly args: Readonly<Record<string, string>>;
}

/** An object is the JSON of a 200; a function writes what it likes. */
export type Reply = Json | ((asked: Asked, response: ServerResponse) => Json | undefined);
type Json = Readonly<Record<string, unknown>>;

/** A Slack that answers what a test tells it to. A list of replies is used up in order, its last one for ever. */
export async function fakeSlack(replies: Readonly<Record<string, Reply | readonly Reply[]>>) {
  const asked: Asked[] = [];
  const used: Record<string, number> = {};
  const server = await httpLoopback((received, response) => {
    const call = readCall(received);
    asked.push(call);
    const given = replies[call.method] ?? { ok: false, error: "unknown_method" };
    const script = isList(given) ? given : [given];
    const turn = Math.min(used[call.method] ?? 0, script.length - 1);
    used[call.method] = turn + 1;
    answer(script[turn] ?? {}, call, response);
  });
  const http = createHttpClient({ allowPrivate: [server.host] });
  onTestFinished(async () => {
    await server.close();
    await http.close();
  });
  return { ...server, asked, http, apiUrl: `${server.url}/api/`, methods: () => asked.map(({ method }) => method) };
}

// TypeScript does not narrow readonly arrays by Array.isArray.
const isList = (replies: Reply | readonly Reply[]): replies is readonly Reply[] => Array.isArray(replies);

function readCall({ path, headers, body }: Received): Asked {
  const args = Object.fromEntries(new URLSearchParams(body));
  return { method: path.replace("/api/", ""), token: headers.authorization ?? "", args };
}

const isScripted = (reply: Reply): reply is Exclude<Reply, Json> => typeof reply === "function";

function answer(reply: Reply, asked: Asked, response: ServerResponse): void {
  const body = isScripted(reply) ? reply(asked, response) : reply;
  if (body === undefined) return;
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.end(JSON.stringify(body));
}

export const KEY = "lw_abc234";

export function connectionTo(
  slack: { apiUrl: string; http: HttpClient },
  more: Partial<SlackSecret & SlackConfig> = {},
) {
  const { botToken = "xoxb-1", signingSecret = "s", appToken = "", ...config } = more;
  return {
    id: "c1",
    config: { apiUrl: slack.apiUrl, ...config },
    secret: { botToken, signingSecret, appToken },
    http: slack.http,
  };
}

export function callTo(
  slack: { apiUrl: string; http: HttpClient },
  more: Partial<Call<SlackConfig, SlackSecret>> = {},
): Call<SlackConfig, SlackSecret> {
  return {
    connection: connectionTo(slack),
    key: KEY,
    signal: new AbortController().signal,
    deadlineMs: 5_000,
    aboutToSend: () => undefined,
    ...more,
  };
}

/** Sent long ago, unless told otherwise: an empty look-up is then a proof. The database's year is not the machine's. */
export function lookUpIn(
  slack: { apiUrl: string; http: HttpClient },
  more: Partial<LookUp<SlackConfig, SlackSecret>> = {},
): LookUp<SlackConfig, SlackSecret> {
  return {
    connection: connectionTo(slack),
    key: KEY,
    signal: new AbortController().signal,
    deadlineMs: 5_000,
    since: new Date("2031-05-04T10:55:00Z"),
    lastSentAt: new Date("2031-05-04T11:00:00Z"),
    now: new Date("2031-05-04T12:00:00Z"),
    ...more,
  };
}
