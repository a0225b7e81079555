/** What the product is not to change once it is written; of an entry, only its place in the chain is given later. */
const APPEND_ONLY = "audit_event, audit_head";

/**
 * SQL that lets a role run the product and no more: it reads and writes, but takes nothing out of the audit, and owns nothing, so that
 * it cannot switch off the triggers that refuse changes. For the owner of the tables; may be run again.
 */
export const auditGrants = (role: string): string => `\
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant usage, select on all sequences in schema public to ${role};
revoke update, delete, truncate on ${APPEND_ONLY} from ${role};
grant update (seq, hash) on audit_event to ${role};`;
