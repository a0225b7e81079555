import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { answerAsFarSystem } from "./far-systems.js";
import { now } from "./now.js";

/**
 * The far end of every side: bare Node, a process of its own. `POST /e/{event}/{step}` is one effect; what comes twice is counted.
 * It answers at once, or after `slowMs` for steps whose name begins with "slow"; `failing` of a hundred calls get a 503.
 * What is meant for Slack, Jira or Salesforce is answered as they do, and counted by the key that it carries.
 */
const [slowMs = 0, failing = 0] = process.argv.slice(2).map(Number);
const seen = new Map<string, number>();
const firstAt = new Map<string, number>();
let lastAt = 0;
let calls = 0;

const questions: Readonly<Record<string, () => unknown>> = {
  "/stats": stats,
  "/first": () => Object.fromEntries(firstAt),
  "/reset": reset,
};

const server = createServer((request, response) => {
  const url = request.url ?? "";
  if (/^\/(api|rest|services|id)\//.test(url)) return void actAsFarSystem(request, response);
  request.resume();
  const question = questions[url];
  if (question) return void response.end(JSON.stringify(question()));
  calls += 1;
  if ((calls * failing) % 100 < failing) return void response.writeHead(503).end();
  take(url);
  const event = url.split("/")[2] ?? "";
  if (!firstAt.has(event)) firstAt.set(event, lastAt);
  const late = slowMs > 0 && url.includes("/slow");
  if (late) setTimeout(() => response.end("ok"), slowMs);
  else response.end("ok");
});

async function actAsFarSystem(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "", url = "", headers } = request;
  const what = `${method} ${url.split("?")[0] ?? ""}`;
  const answer = answerAsFarSystem({ what, text: await text(request), origin: `http://${headers.host ?? ""}` });
  calls += 1;
  if (answer.effect !== undefined) take(answer.effect);
  response.writeHead(answer.status ?? 200, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
}

function take(effect: string): void {
  lastAt = now();
  seen.set(effect, (seen.get(effect) ?? 0) + 1);
}

function stats() {
  const counts = [...seen.values()];
  return { effects: counts.length, doubled: counts.filter((count) => count > 1).length, calls, lastAt };
}

function reset(): number {
  const had = seen.size;
  seen.clear();
  firstAt.clear();
  calls = 0;
  return had;
}

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" && address ? address.port : 0}\n`);
});
