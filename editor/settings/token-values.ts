import type { z } from "zod";
import type { Role } from "../../server/members/member-api.js";
import type { createTokenSchema, grantedSchema } from "../../server/members/token-api.js";

export const lives = ["30", "90", "365"] as const;
export const OWN = "own";

export interface TokenValues {
  readonly name: string;
  /** A role, or `OWN` for permissions that are picked one by one. */
  readonly role: Role | typeof OWN;
  readonly permissions: z.infer<typeof grantedSchema>[];
  readonly flowIds: string[];
  readonly sourceIds: string[];
  readonly connectionIds: string[];
  readonly days: (typeof lives)[number];
}

export const blankToken: TokenValues = {
  ...{ name: "", role: "viewer", permissions: [], days: "90" },
  ...{ flowIds: [], sourceIds: [], connectionIds: [] },
};

const orAll = (ids: string[]): string[] | null => (ids.length === 0 ? null : ids);

/** As the API takes it: what nobody picked is all of its kind. */
export const bodyOf = ({
  name,
  role,
  permissions,
  days,
  ...things
}: TokenValues): z.input<typeof createTokenSchema> => ({
  name,
  ...(role === OWN ? { permissions } : { role }),
  flowIds: orAll(things.flowIds),
  sourceIds: orAll(things.sourceIds),
  connectionIds: orAll(things.connectionIds),
  expiresInDays: Number(days),
});
