import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "../child.js";

const PATIENCE_MS = 120_000;

/** Resolves when a GET is answered with 200; rejects when the process ends first, or takes two minutes. */
export async function answering(url: string, { process: child }: Child): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} before it answered at ${url}`);
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  throw new Error(`no answer at ${url} in ${PATIENCE_MS} ms`);
}
