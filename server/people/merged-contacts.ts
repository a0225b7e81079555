import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import { STARTS } from "../sources/source-store.js";
import type { MergedContact } from "./people-api.js";

interface MergedRow {
  readonly id: string;
  readonly root_id: string;
  readonly into_id: string;
  readonly name: Buffer | null;
  readonly email: Buffer | null;
  readonly responses: number;
}

/** Whom each of these stands for. */
export async function mergedInto(
  reader: Reader,
  vault: Vault,
  rootIds: readonly string[],
): Promise<(MergedContact & { readonly rootId: string })[]> {
  const { rows } = await sql<MergedRow>`
    select contact.id, root_id, contact.merged_into as into_id, contact.name, contact.email,
      (select count(*)::int from response join source on source.id = response.source_id
        where response.own_contact_id = contact.id and source.kind <> ${STARTS}) as responses
    from unnest(${rootIds}::uuid[]) as root_id, lw_contact_group(root_id) as member_id
    join contact on contact.id = member_id
    where contact.id <> root_id and lw_contact_root(contact.id) = root_id order by contact.id`.execute(reader);
  const column = (name: "name" | "email") =>
    openTexts(
      vault,
      reader,
      rows.map((row) => ({ sealed: row[name], place: `contact.${name}|${row.id}` })),
    );
  const [names, emails] = [await column("name"), await column("email")];
  return rows.map(({ id, root_id, into_id, responses }, index) => ({
    ...{ id, rootId: root_id, intoId: into_id, responses },
    ...{ name: names[index] ?? null, email: emails[index] ?? null },
  }));
}
