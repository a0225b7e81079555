import { emailKey } from "../contacts/identity.js";
import { rootsOf } from "../contacts/contact-groups.js";
import type { Reader } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { contactsKnownAs } from "./people-store.js";

/** Who is known by this address, or stands for who is. */
export const contactByEmail =
  (vault: Vault) =>
  async (reader: Reader, workspaceId: string, email: string): Promise<string | null> => {
    const known = await contactsKnownAs(reader, vault, { workspaceId, keys: [emailKey(email)] });
    const roots = await rootsOf(reader, known);
    return [...roots.values()][0] ?? null;
  };
