import type { Answers, Risk, RiskBand, RiskCode } from "./oversight-api.js";
import { riskWords } from "./risk-words.js";

/** Everything that the score is made of. Days are those of the UTC calendar, as `2026-11-23`. */
export interface RiskFacts {
  readonly answers: Answers;
  /** Of a member who was put out meanwhile. */
  readonly isOwnerGone: boolean;
  readonly isPaused: boolean;
  readonly isSandbox: boolean;
  readonly isPlainHttp: boolean;
  /** A live flow that uses it leaves addresses and numbers unmasked. */
  readonly isShownInClear: boolean;
  readonly madeAt: Date;
  readonly lastEventAt: Date | null;
  readonly now: Date;
}

const DAY_MS = 86_400_000;
const SILENT_MS = 90 * DAY_MS;
const SOON_MS = 30 * DAY_MS;

interface Rule {
  readonly points: number;
  readonly holds: (facts: RiskFacts) => boolean;
}

/** One idea a line; what weighs most stands first in what is told. */
const rules: Readonly<Record<RiskCode, Rule>> = {
  transfer_without_agreement: { points: 35, holds: ({ answers }) => leavesTheEea(answers) && !isSigned(answers) },
  no_basis: { points: 20, holds: ({ answers }) => answers.lawfulBasis === null },
  special_category: { points: 20, holds: ({ answers }) => answers.dataClasses.includes("special") },
  credential_expired: { points: 20, holds: (facts) => untilExpiry(facts) <= 0 },
  no_owner: { points: 15, holds: ({ answers }) => answers.ownerId === null },
  owner_gone: { points: 15, holds: ({ answers, isOwnerGone }) => answers.ownerId !== null && isOwnerGone },
  shown_in_clear: { points: 15, holds: ({ isShownInClear }) => isShownInClear },
  plain_http: { points: 15, holds: ({ isPlainHttp }) => isPlainHttp },
  no_purpose: { points: 10, holds: ({ answers }) => answers.purpose === null },
  no_data_classes: { points: 10, holds: ({ answers }) => answers.dataClasses.length === 0 },
  no_region: { points: 10, holds: ({ answers }) => answers.region === null },
  no_agreement: { points: 10, holds: ({ answers }) => answers.region === "eea" && !isSigned(answers) },
  credential_expires_soon: {
    points: 10,
    holds: (facts) => untilExpiry(facts) > 0 && untilExpiry(facts) <= SOON_MS,
  },
  silent: { points: 10, holds: (facts) => isSilent(facts) },
  sandbox: { points: 5, holds: ({ isSandbox }) => isSandbox },
};
const codes = Object.keys(rules) as RiskCode[];

/** What may be wrong with a source or a connection: points with their reasons, each with what to do. */
export function riskOf(facts: RiskFacts): Risk {
  const reasons = codes
    .filter((code) => rules[code].holds(facts))
    .map((code) => ({ code, points: rules[code].points, ...riskWords[code] }));
  const points = Math.min(
    100,
    reasons.reduce((sum, reason) => sum + reason.points, 0),
  );
  return { points, band: bandOf(points), reasons };
}

const bandOf = (points: number): RiskBand => (points >= 60 ? "high" : points >= 30 ? "medium" : "low");

const isSigned = ({ agreement }: Answers): boolean => agreement === "signed";

const leavesTheEea = ({ region }: Answers): boolean => region === "third" || region === "adequate";

/** A credential is good to the end of its last day. */
function untilExpiry({ answers: { credentialExpiresOn }, now }: RiskFacts): number {
  if (credentialExpiresOn === null) return Infinity;
  return new Date(`${credentialExpiresOn}T00:00:00Z`).getTime() + DAY_MS - now.getTime();
}

/** What is paused is meant to be silent. */
const isSilent = ({ isPaused, lastEventAt, madeAt, now }: RiskFacts): boolean =>
  !isPaused && now.getTime() - (lastEventAt ?? madeAt).getTime() > SILENT_MS;
