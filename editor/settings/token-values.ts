import type { z } from "zod";
import type { Role } from "../../server/members/member-api.js";
import type { createTokenSchema, grantedSchema } from "../../server/members/token-api.js";
import { NOTHING_PICKED, thingsOf, type PickedThings } from "../members/things.js";

export const lives = ["30", "90", "365"] as const;
export const OWN = "own";

export interface TokenValues extends PickedThings {
  readonly name: string;
  /** A role, or `OWN` for permissions that are picked one by one. */
  readonly role: Role | typeof OWN;
  readonly permissions: z.infer<typeof grantedSchema>[];
  readonly days: (typeof lives)[number];
}

export const blankToken: TokenValues = {
  ...{ name: "", role: "viewer", permissions: [], days: "90" },
  ...NOTHING_PICKED,
};

/** As the API takes it. */
export const bodyOf = ({
  name,
  role,
  permissions,
  days,
  ...things
}: TokenValues): z.input<typeof createTokenSchema> => ({
  name,
  ...(role === OWN ? { permissions } : { role }),
  ...thingsOf(things),
  expiresInDays: Number(days),
});
