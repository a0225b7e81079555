import { readdirSync } from "node:fs";
import { join } from "node:path";
import { inScratch, keep } from "./kept.js";
import { runProgram } from "./run-program.js";
import type { Found, SourceContext } from "./source.js";

/** The SDK knows how to get Temporal's own build. It runs in a process of its own, because all it can do is start a server. */
export async function officialDownload({ cacheDir, officialDownloader, signal }: SourceContext): Promise<Found> {
  const reachable = await fetch("https://temporal.download/cli/v1.9.1", {
    method: "HEAD",
    signal: AbortSignal.timeout(4_000),
  }).then(
    (reply) => reply.status < 500,
    () => false,
  );
  if (!reachable) return { reason: "temporal.download cannot be reached" };
  return inScratch(cacheDir, async (scratch) => {
    const [command = process.execPath, ...args] = officialDownloader;
    const run = await runProgram(command, [...args, scratch], { timeoutMs: 180_000, signal });
    const file = readdirSync(scratch).find((name) => name.startsWith("temporal"));
    if (!run.ok || file === undefined) return { reason: run.reason };
    return keep(join(scratch, file), cacheDir, "1.9.1");
  });
}
