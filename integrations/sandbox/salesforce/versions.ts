import type { SandboxReply } from "../system.js";
import { SALESFORCE_ACCOUNT } from "../sandbox-accounts.js";
import { ok, root, type SalesforceCall } from "./call.js";

const OLDEST = 41;
const NEWEST = 68;

export function isOffered(version: string): boolean {
  const number = Number(version);
  return Number.isInteger(number) && number >= OLDEST && number <= NEWEST;
}

const SEASONS = ["Spring", "Summer", "Winter"];

/** Three releases a year; 66 is Spring '26. */
function labelOf(version: number): string {
  const release = version - 66 + 3 * 26;
  const season = SEASONS[release % 3] ?? "";
  const year = Math.floor(release / 3) + (season === "Winter" ? 1 : 0);
  return `${season} '${year}`;
}

export function listVersions(): SandboxReply {
  const versions = Array.from({ length: NEWEST - OLDEST + 1 }, (_unused, index) => OLDEST + index);
  return ok(
    versions.map((version) => ({
      label: labelOf(version),
      url: `/services/data/v${version}.0`,
      version: `${version}.0`,
    })),
  );
}

export function listResources(call: SalesforceCall): SandboxReply {
  const names = ["sobjects", "query", "composite", "limits", "ui-api"];
  const identity = `${call.world.baseUrl("salesforce")}/id/${SALESFORCE_ACCOUNT.orgId}/${call.userId}`;
  return ok({ ...Object.fromEntries(names.map((name) => [name, `${root(call)}/${name}`])), identity });
}
