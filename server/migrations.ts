import type { NamedMigration } from "./db/migrate.js";
import { ledger1 } from "../workflows/ledger/migrations/ledger-1.js";
import { ledger2 } from "../workflows/ledger/migrations/ledger-2.js";
import { ledger3 } from "../workflows/ledger/migrations/ledger-3.js";
import { ledger4 } from "../workflows/ledger/migrations/ledger-4.js";
import { ledger5 } from "../workflows/ledger/migrations/ledger-5.js";
import { ledger6 } from "../workflows/ledger/migrations/ledger-6.js";
import { ledger7 } from "../workflows/ledger/migrations/ledger-7.js";
import { approvals1 } from "./approvals/migrations/approvals-1.js";
import { audit1 } from "./audit/migrations/audit-1.js";
import { audit2 } from "./audit/migrations/audit-2.js";
import { erasure1 } from "./erasure/migrations/erasure-1.js";
import { execution1 } from "./execution/migrations/execution-1.js";
import { connections1 } from "./connections/migrations/connections-1.js";
import { contacts1 } from "./contacts/migrations/contacts-1.js";
import { contacts2 } from "./contacts/migrations/contacts-2.js";
import { flows1 } from "./flows/migrations/flows-1.js";
import { ingest1 } from "./ingest/migrations/ingest-1.js";
import { members1 } from "./members/migrations/members-1.js";
import { members2 } from "./members/migrations/members-2.js";
import { members3 } from "./members/migrations/members-3.js";
import { oidc1 } from "./oidc/migrations/oidc-1.js";
import { people1 } from "./people/migrations/people-1.js";
import { privacy1 } from "./privacy/migrations/privacy-1.js";
import { retention1 } from "./retention/migrations/retention-1.js";
import { scim1 } from "./scim/migrations/scim-1.js";
import { sources1 } from "./sources/migrations/sources-1.js";

/** Every migration in the order it is applied; a name is never changed and a number never reused. */
export const migrations: readonly NamedMigration[] = [
  { name: "0001-ledger", sql: ledger1 },
  { name: "0002-members", sql: members1 },
  { name: "0003-privacy", sql: privacy1 },
  { name: "0004-contacts", sql: contacts1 },
  { name: "0005-audit", sql: audit1 },
  { name: "0006-sources", sql: sources1 },
  { name: "0007-connections", sql: connections1 },
  { name: "0008-ingest", sql: ingest1 },
  { name: "0009-flows", sql: flows1 },
  { name: "0010-approvals", sql: approvals1 },
  { name: "0011-restore", sql: ledger2 },
  { name: "0012-doubles", sql: execution1 },
  { name: "0013-holds", sql: ledger3 },
  { name: "0014-halts", sql: ledger4 },
  { name: "0015-flow-keys", sql: ledger5 },
  { name: "0016-room", sql: ledger6 },
  { name: "0017-audit-chain", sql: audit2 },
  { name: "0018-accounts", sql: members2 },
  { name: "0019-oidc", sql: oidc1 },
  { name: "0020-token-scopes", sql: members3 },
  { name: "0021-scim", sql: scim1 },
  { name: "0024-erasure", sql: erasure1 },
  { name: "0025-purposes", sql: ledger7 },
  { name: "0026-choices", sql: contacts2 },
  { name: "0027-mentions", sql: people1 },
  { name: "0037-retention", sql: retention1 },
];
