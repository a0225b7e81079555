import { randomInt } from "node:crypto";
import { isPortTaken } from "../ports.js";

/** Below the range that systems hand out on their own (32768 and up), so that nobody takes one between asking and using. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** The first of `count` free ports in a row: the product's own and the sandbox's four after it. */
export async function freePortBlock(count = 5): Promise<number> {
  for (;;) {
    const first = randomInt(LOWEST, HIGHEST);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const taken = await Promise.all(ports.map((port) => isPortTaken(port, "127.0.0.1")));
    if (!taken.includes(true)) return first;
  }
}
