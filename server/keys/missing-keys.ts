import { ConfigError } from "../config.js";
import type { Reader } from "../db/database.js";
import type { Kek } from "../privacy/kek.js";
import { usesOfKeks, type KekUse } from "./wrapped-store.js";

/** A key that was taken away too early, or never came along. */
export class MissingKeyError extends ConfigError {}

/** Throws where something is wrapped by a key that is not held: with what it is, where it belongs and what to do then. */
export async function refuseMissingKeys(reader: Reader, kek: Kek): Promise<void> {
  const uses = await usesOfKeks(reader);
  const held = kek.ids();
  const missing = [...new Set(uses.map(({ kekId }) => kekId))].filter((id) => !held.includes(id));
  if (missing.length === 0) return;
  throw new MissingKeyError(
    [
      ...missing.map((id) => wordsFor(id, uses)),
      `Held are ${held.join(", ")}. Put what is missing back into ${kek.where}, and start again.`,
      "Then let `keys rotate-kek` finish before you take a key away: `keys status` says what each still wraps.",
    ].join("\n"),
  );
}

function wordsFor(missing: string, uses: readonly KekUse[]): string {
  const wraps = uses.filter(({ kekId }) => kekId === missing).map(({ what, cells }) => `${what} (${cells})`);
  return `The key ${missing} is not here, but it wraps ${wraps.join(", ")}: without it they cannot be read.`;
}
