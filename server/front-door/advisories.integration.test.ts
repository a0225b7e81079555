import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { httpLoopback } from "../../integrations/testing/loopback.js";
import { transact } from "../../workflows/ledger/transact.js";
import { roleSchema, type Role } from "../members/member-api.js";
import { insertWorkspace } from "../members/member-store.js";
import { clientOf, type Client } from "../testing/http.js";
import { approvalForgery } from "./testing/advisories/approval-forgery.js";
import { authByString } from "./testing/advisories/auth-by-string.js";
import { bodyNamesFiles } from "./testing/advisories/body-names-files.js";
import { confusedDeputy } from "./testing/advisories/confused-deputy.js";
import { engine } from "./testing/advisories/engine.js";
import { expressionRunsCode } from "./testing/advisories/expression-runs-code.js";
import { partnerAnswers } from "./testing/advisories/partner.js";
import { pathTraversal } from "./testing/advisories/path-traversal.js";
import { prototypePollution } from "./testing/advisories/prototype-pollution.js";
import { roleInThePageOnly } from "./testing/advisories/role-in-the-page-only.js";
import { scriptInPages } from "./testing/advisories/script-in-pages.js";
import { secretsLeakBack } from "./testing/advisories/secrets-leak-back.js";
import { shellSteps } from "./testing/advisories/shell-steps.js";
import { sqlInjection } from "./testing/advisories/sql-injection.js";
import { ssrf } from "./testing/advisories/ssrf.js";
import type { Stage } from "./testing/advisories/stage.js";
import { tokenAudience } from "./testing/advisories/token-audience.js";
import { webhookForgery } from "./testing/advisories/webhook-forgery.js";
import { apiAs } from "./testing/clients.js";
import { useProduct } from "./testing/use-product.js";

/** Each class of hole that was published of products like this one, tried on the running product over HTTP. */
const internal = await httpLoopback((_received, response) => response.end("internal"));
const otherPartner = await httpLoopback((_received, response) => response.end("other"));
const partner = await httpLoopback(partnerAnswers({ internal: internal.url, other: otherPartner.url }));
const folder = mkdtempSync(join(tmpdir(), "advisories-"));
const canaryFile = { path: join(folder, "canary.txt"), content: "canary of a file 5d1c77" };
writeFileSync(canaryFile.path, canaryFile.content);

const { product, api } = useProduct({
  allowPrivate: [partner.host, otherPartner.host],
  timing: { deadlineCapMs: 3_000 },
});
const clients = new Map<string, Client>();
const as = (role: Role, where = "here"): Client => clients.get(`${role} ${where}`)!;
const anonymous: Client = (...asked) => clientOf(product.url, {})(...asked);
const marker = join(folder, "marker");
const stage: Stage = { product, api, anonymous, as, partner, otherPartner, internal, marker, canaryFile };

beforeAll(async () => {
  const elsewhere = await transact(product.runtime.db, (tx) => insertWorkspace(tx, "Elsewhere"));
  for (const role of roleSchema.options) {
    clients.set(`${role} here`, await apiAs(product, role));
    clients.set(`${role} elsewhere`, await apiAs(product, role, elsewhere));
  }
});
afterAll(async () => {
  await Promise.all([internal, otherPartner, partner].map(({ close }) => close()));
  rmSync(folder, { recursive: true });
});

const rows: readonly (readonly [name: string, cases: string, attack: (stage: Stage) => void])[] = [
  // First, because they sign in: later ones use up what one address may try in a quarter of an hour.
  ["Prototype pollution", "CVE-2021-21297", prototypePollution],
  ["Token audience", "CVE-2026-53536", tokenAudience],
  [
    "Expression → RCE",
    "CVE-2025-68613, CVE-2026-1470, CVE-2026-25049, CVE-2026-27493, CVE-2026-72765, CVE-2026-85165, CVE-2026-27495, CVE-2026-119408, CVE-2026-46442",
    expressionRunsCode,
  ],
  ["Body confusion → file read", "CVE-2026-21858", bodyNamesFiles],
  ["File/Git/shell nodes", "CVE-2026-21877, CVE-2026-73081, CVE-2026-48499, CVE-2026-47107", shellSteps],
  ["Path traversal", "CVE-2026-29059, GHSA-m33v-338h-4v9f", pathTraversal],
  ["Auth decided by string", "CVE-2026-49869, CVE-2026-53576", authByString],
  [
    "Role checked only in the UI",
    "CVE-2026-22683, CVE-2026-72542, CVE-2026-54136, GHSA-h3jj-5f3v-3685",
    roleInThePageOnly,
  ],
  [
    "Credential confused deputy",
    "CVE-2026-72763, CVE-2026-110844, CVE-2026-110850, CVE-2026-110853, CVE-2026-54307, CVE-2026-56348",
    confusedDeputy,
  ],
  ["Secrets leak back", "GHSA-vrv8-j27g-g7cr, CVE-2025-66388", secretsLeakBack],
  ["SSRF", "GHSA-jp9j-jr97-w9pj, GHSA-fp9c-pq7w-vr34", ssrf],
  ["Webhook forgery", "CVE-2026-21894, CVE-2026-86080, CVE-2026-110852", webhookForgery],
  ["Approval forgery", "CVE-2026-110846", approvalForgery],
  ["XSS in editor and hosted pages", "CVE-2026-27578, CVE-2026-33749, CVE-2026-110847", scriptInPages],
  ["SQL injection", "CVE-2026-23696, CVE-2026-38428", sqlInjection],
  ["Engine itself", "CVE-2025-14986, CVE-2026-5199", engine],
];

describe.each(rows)("%s (%s)", (_name, _cases, attack) => {
  attack(stage);
});
