import { z } from "zod";

/** Who a provider says somebody is. */
export interface Claimed {
  readonly subject: string;
  readonly email: string | null;
  /** The provider has seen that mail to this address reaches them. */
  readonly isVerified: boolean;
  readonly name: string;
}

/** OpenID Connect Core section 5.1. Amazon Cognito writes `email_verified` as a text. */
const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
});

const NAME_LENGTH = 120;

/** Claims of the token count before those of the userinfo endpoint. */
export function readClaims(claims: Readonly<Record<string, unknown>>): Claimed {
  const { sub, email = null, email_verified = false, name, preferred_username } = claimsSchema.parse(claims);
  const called = [name, preferred_username, email?.split("@")[0]].find((one) => one !== undefined && one.trim() !== "");
  return { subject: sub, email, isVerified: email_verified, name: (called ?? sub).trim().slice(0, NAME_LENGTH) };
}
