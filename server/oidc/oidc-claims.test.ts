import { describe, expect, it } from "vitest";
import { readClaims } from "./oidc-claims.js";

const who = { sub: "subject", email: "ada@example.com" };

describe("an address counts as verified", () => {
  it.each([[true], ["true"]])("where the provider says %j", (email_verified) => {
    expect(readClaims({ ...who, email_verified })).toMatchObject({ email: who.email, isVerified: true });
  });

  it.each([[false], ["false"], [null], [1], ["perhaps"], [{}]])("not where it says %j", (email_verified) => {
    expect(readClaims({ ...who, email_verified }).isVerified).toBe(false);
  });

  it("not where it says nothing of it", () => {
    expect(readClaims(who).isVerified).toBe(false);
  });
});
