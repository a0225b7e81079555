import { z } from "zod";
import { TransportError, type HttpClient } from "../http.js";
import { ConnectorError } from "../outcome.js";
import { slackApi } from "./client.js";

/** What an upgrade of the client may break without a word: the replaced fetch, no retries, limits handed to us. */
const EXPECTED: readonly (readonly [answer: number | "reset", outcome: string])[] = [
  [503, "AMBIGUOUS"],
  [429, "TRANSIENT"],
  ["reset", "AMBIGUOUS"],
];

const PATIENCE_MS = 2_000;

/** Run once at start-up, without a network: throws when `@slack/web-api` no longer goes through our guarded client. */
export async function assertTransport(): Promise<void> {
  for (const [answer, outcome] of EXPECTED) {
    const { http, requests } = scripted(answer);
    const error: unknown = await Promise.race([probe(http).catch((thrown: unknown) => thrown), tooLate()]);
    if (requests() === 1 && error instanceof ConnectorError && error.outcome === outcome) continue;
    throw new Error(
      `@slack/web-api is not under control: after ${answer}, ${requests()} requests went through the guarded client and it said ` +
        `${error instanceof ConnectorError ? error.outcome : String(error)}. Pin the version that package-lock.json names.`,
    );
  }
}

const probe = (http: HttpClient): Promise<unknown> =>
  slackApi({
    connection: {
      config: { apiUrl: "https://slack.invalid/api/" },
      secret: { botToken: "xoxb-none", signingSecret: "", appToken: "" },
      http,
    },
    signal: new AbortController().signal,
    deadlineMs: 1_000,
  }).write("api.test", {}, z.unknown());

/** A client that obeyed Retry-After by itself would sleep for the hour. */
const tooLate = (): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS, "nothing, it went on by itself").unref();
  });

function scripted(answer: number | "reset"): { http: HttpClient; requests: () => number } {
  let count = 0;
  const send: HttpClient["send"] = () => {
    count += 1;
    if (answer === "reset") return Promise.reject(new TransportError("sent", "ECONNRESET", { message: "reset" }));
    return Promise.resolve({ status: answer, headers: { "retry-after": "3600" }, body: Buffer.from("") });
  };
  return { http: { send, close: () => Promise.resolve() }, requests: () => count };
}
