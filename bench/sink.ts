import { createServer } from "node:http";

/**
 * The far end of every side: bare Node, a process of its own. `POST /e/{event}/{step}` is one effect; what comes twice is counted.
 * It answers at once, or after `slowMs` for steps whose name begins with "slow"; `failing` of a hundred calls get a 503.
 */
const [slowMs = 0, failing = 0] = process.argv.slice(2).map(Number);
const seen = new Map<string, number>();
const firstAt = new Map<string, number>();
let lastAt = 0;
let calls = 0;

const now = (): number => performance.timeOrigin + performance.now();

const server = createServer((request, response) => {
  const url = request.url ?? "";
  request.resume();
  if (url === "/stats") return void response.end(JSON.stringify(stats()));
  if (url === "/first") return void response.end(JSON.stringify(Object.fromEntries(firstAt)));
  if (url === "/reset") return void response.end(String(reset()));
  calls += 1;
  if ((calls * failing) % 100 < failing) return void response.writeHead(503).end();
  take(url);
  const late = slowMs > 0 && url.includes("/slow");
  if (late) setTimeout(() => response.end("ok"), slowMs);
  else response.end("ok");
});

function take(url: string): void {
  lastAt = now();
  seen.set(url, (seen.get(url) ?? 0) + 1);
  const event = url.split("/")[2] ?? "";
  if (!firstAt.has(event)) firstAt.set(event, lastAt);
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
