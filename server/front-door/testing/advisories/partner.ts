import type { ServerResponse } from "node:http";
import type { Answer } from "../../../../integrations/testing/loopback.js";

const MEGABYTE = Buffer.alloc(1_048_576, "x");

/** A server that may be called and behaves as badly as it can; any other path is answered politely. */
export function partnerAnswers({ internal, other }: { internal: string; other: string }): Answer {
  const bad: Readonly<Record<string, (response: ServerResponse, headers: object) => void>> = {
    "/redirect-to-internal": (response) => response.writeHead(302, { location: internal }).end(),
    "/redirect-to-other": (response) => response.writeHead(307, { location: other }).end(),
    "/meta-refresh": (response) => response.writeHead(200, { refresh: `0; url=${internal}` }).end(internal),
    "/echo-as-error": (response, headers) => response.writeHead(400).end(JSON.stringify({ error: headers })),
    "/endless": (response) => {
      const go = (): void => {
        if (!response.destroyed) response.write(MEGABYTE, () => setImmediate(go));
      };
      go();
    },
    "/trickle": (response) => {
      const timer = setInterval(() => response.write("x"), 50);
      response.once("close", () => clearInterval(timer));
    },
  };
  return ({ path, headers }, response) => {
    const answer = bad[path];
    if (answer) answer(response, headers);
    else response.end("fine");
  };
}
