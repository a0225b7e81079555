import { randomBytes } from "node:crypto";
import { createEnvelope, type Envelope } from "../privacy/envelope.js";
import { createKek } from "../privacy/kek.js";
import type { WrapPurpose } from "../privacy/kek-source.js";
import { createVault, type Vault } from "../privacy/vault.js";
import { createWorkspaceKeys } from "../privacy/workspace-keys.js";

const everything: readonly WrapPurpose[] = ["workspace-key", "secret-inbound", "secret-outbound"];

/** Keys of a test's own. `mayOpen` narrows them to what one role of the server is given. */
export function createTestKeys(
  secret: Buffer = randomBytes(32),
  mayOpen = everything,
): { vault: Vault; envelope: Envelope } {
  const kek = createKek(secret, mayOpen);
  return { vault: createVault(createWorkspaceKeys(kek)), envelope: createEnvelope(kek) };
}

/** What an api process of its own may open: no outbound secret. */
export const API_MAY_OPEN: readonly WrapPurpose[] = ["workspace-key", "secret-inbound"];
