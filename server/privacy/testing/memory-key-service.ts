import { createSecretKey, randomBytes } from "node:crypto";
import { openBytes, sealBytes } from "../aes-gcm.js";
import type { KeyService } from "../kek-service.js";

/** A key service whose master key lives as long as the test. */
export function createMemoryKeyService(name = "memory/master"): KeyService {
  const master = createSecretKey(randomBytes(32));
  return {
    name,
    encrypt: (plain) => Promise.resolve(sealBytes(master, name, plain)),
    decrypt: async (cipher) => {
      await Promise.resolve();
      return openBytes(master, name, cipher);
    },
  };
}
