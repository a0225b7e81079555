import { createHash, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import type { KekPurpose, KekSource, WrapPurpose } from "./kek-source.js";

interface HeldKey {
  readonly id: string;
  derive(purpose: KekPurpose): Buffer;
  keyFor(purpose: WrapPurpose): KeyObject;
}

/** The keys of a source by id, made once each. A key that was held stays known until the process ends. */
export function createHeldKeys(source: KekSource) {
  const known = new Map<string, HeldKey>();

  function read(): HeldKey[] {
    return source.held().map((secret) => {
      const id = idOfKek(secret);
      const key = known.get(id) ?? toHeldKey(id, secret);
      known.set(id, key);
      return key;
    });
  }

  function current(): HeldKey {
    const [first] = read();
    if (!first) throw new Error(`There is no key in ${source.where}.`);
    return first;
  }

  return {
    current,
    ids: (): string[] => [...new Set(read().map(({ id }) => id))],
    byId(id: string): HeldKey {
      const key = known.get(id) ?? read().find((one) => one.id === id);
      if (!key) throw new Error(anotherKey(id, [...known.keys()], source.where));
      return key;
    },
  };
}

export function idOfKek(secret: Buffer): string {
  if (secret.length !== 32) throw new Error("LOOPWRIGHT_KEK, or the file `kek`, must hold 32 bytes as base64.");
  return createHash("sha256").update("kek-id").update(secret).digest("hex").slice(0, 16);
}

function toHeldKey(id: string, secret: Buffer): HeldKey {
  const derive = (purpose: KekPurpose): Buffer => Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
  const keys = new Map<WrapPurpose, KeyObject>();
  return {
    id,
    derive,
    keyFor(purpose) {
      const key = keys.get(purpose) ?? createSecretKey(derive(purpose));
      keys.set(purpose, key);
      return key;
    },
  };
}

const anotherKey = (wrappedBy: string, held: readonly string[], where: string): string =>
  `The database was written under the key ${wrappedBy}, but this process holds ${held.join(", ")}. Put it back into ${where}.`;
