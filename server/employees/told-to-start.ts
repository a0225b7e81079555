import { sql, type RawBuilder } from "kysely";
import { STARTS } from "../sources/source-store.js";

/**
 * What is kept of a contact, where `response`, `source` and `contact` are joined. Who starts a flow about an address is told no more by it
 * than they knew, unless its person said something else than as an employee. A contact's few responses are read, never all revisions.
 */
export const toldOfContact = (column: "name" | "email" | "phone"): RawBuilder<Buffer | null> => sql<Buffer | null>`
  case when source.kind <> ${STARTS} then ${sql.ref(`contact.${column}`)}
  when (select (
      select true from revision as said where said.response_id = spoke.id and said.domain <> 'employee'
      order by said.response_id, said.content_hash limit 1)
    from response as spoke join source as heard on heard.id = spoke.source_id
    where spoke.contact_id = contact.id and heard.kind <> ${STARTS}
    order by 1 limit 1)
  then ${sql.ref(`contact.${column}`)} end`;
