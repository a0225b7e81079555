import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PARTS } from "./parts.mjs";
import { hashFiles } from "./sources.mjs";

/** Builds what changed since the last build, side by side where nothing waits for another part. */
export async function ensureBuilt(root, steps) {
  const made = readStamps(root);
  const due = PARTS.filter((part) => part.exists(root))
    .map((part) => ({ ...part, hash: hashFiles(root, part.sources(root)) }))
    .filter((part) => made[part.name] !== part.hash);
  if (due.length === 0) return;
  mkdirSync(join(root, "dist"), { recursive: true });
  const work = new Map();
  for (const part of due) {
    work.set(part.name, buildPart({ part, ready: work.get(part.after), root, steps, made }));
  }
  const results = await Promise.allSettled(work.values());
  const failed = results.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** The hash is of the sources as they were before the build, so an edit during it leads to another. */
async function buildPart({ part, ready, root, steps, made }) {
  await ready;
  await steps.step(part.label, () => part.build(root));
  made[part.name] = part.hash;
  const stamp = stampFile(root);
  writeFileSync(`${stamp}.tmp`, JSON.stringify(made));
  renameSync(`${stamp}.tmp`, stamp);
}

const stampFile = (root) => join(root, "dist", ".stamp");

function readStamps(root) {
  const stamp = stampFile(root);
  return existsSync(stamp) ? JSON.parse(readFileSync(stamp, "utf8")) : {};
}
