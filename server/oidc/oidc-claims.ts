import { z } from "zod";
import { nameOf, type Claimed } from "../sign-in-providers/claimed.js";

/** OpenID Connect Core section 5.1. Amazon Cognito writes `email_verified` as a text. */
const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
});

/** Claims of the token count before those of the userinfo endpoint. */
export function readClaims(claims: Readonly<Record<string, unknown>>): Claimed {
  const { sub, email = null, email_verified = false, name, preferred_username } = claimsSchema.parse(claims);
  const called = nameOf([name, preferred_username, email?.split("@")[0], sub]);
  return { subject: sub, email, isVerified: email_verified, name: called };
}
