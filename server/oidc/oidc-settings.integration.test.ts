import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { adminToken, aPerson, invite, PASSWORD, signIn } from "../members/testing/accounts.js";
import { CLIENT, startTestProvider } from "./testing/provider.js";
import { aStranger, comeIn, newBrowser, redirectUri, settingsOf, startOf, useOidc } from "./testing/use-oidc.js";

const oidc = useOidc();

describe("the settings of the provider", () => {
  it("answer no secret, keep it where issuer and client stay, and ask for it where they change", async () => {
    const { json } = await oidc.admin("GET", "/api/sign-in-provider");
    expect(json).toMatchObject({ provider: { issuer: oidc.provider.issuer, domains: ["example.com"] }, redirectUri });
    expect(JSON.stringify(json)).not.toContain(CLIENT.secret);
    const { clientSecret: _, ...rest } = settingsOf(oidc);
    expect((await oidc.admin("PUT", "/api/sign-in-provider", { ...rest, label: "Acme SSO" })).status).toBe(200);
    expect((await comeIn(oidc, aStranger())).url.pathname).toBe("/");
    for (const change of [{ issuer: "https://evil.example" }, { clientId: "other" }])
      expect(await oidc.admin("PUT", "/api/sign-in-provider", { ...rest, ...change })).toMatchObject({
        status: 400,
        json: { fields: { clientSecret: expect.any(String) as string } },
      });
  });

  it("are refused where nobody answers as this issuer, or where it may not be asked", async () => {
    const wrong = { ...settingsOf(oidc), issuer: `${oidc.provider.issuer}/other` };
    expect(await oidc.admin("PUT", "/api/sign-in-provider", wrong)).toMatchObject({
      status: 422,
      json: { code: "issuer_refused" },
    });
    for (const issuer of ["https://127.0.0.1:1", "https://10.0.0.1", "https://[::1]"])
      expect(await oidc.admin("PUT", "/api/sign-in-provider", { ...settingsOf(oidc), issuer })).toMatchObject({
        status: 422,
        json: { detail: expect.stringContaining("private_address") as string },
      });
    for (const issuer of [
      "http://sso.example.com",
      `${oidc.provider.issuer}/.well-known/openid-configuration`,
      "ftp://x",
    ])
      expect((await oidc.admin("PUT", "/api/sign-in-provider", { ...settingsOf(oidc), issuer })).status).toBe(400);
  });

  it("make no admin, and make members only of domains that are named", async () => {
    expect((await oidc.admin("PUT", "/api/sign-in-provider", { ...settingsOf(oidc), firstRole: "admin" })).status).toBe(
      400,
    );
    expect(await oidc.admin("PUT", "/api/sign-in-provider", { ...settingsOf(oidc), domains: [] })).toMatchObject({
      status: 400,
      json: { fields: { domains: expect.any(String) as string } },
    });
  });

  it("close the other doors only once an admin has come in by it, and open them when it is taken out", async () => {
    const colleague = await aPerson(oidc.accounts);
    const withPassword = { email: colleague.email, password: PASSWORD };
    const closing = { ...settingsOf(oidc), exclusive: true };
    expect(await oidc.admin("PUT", "/api/sign-in-provider", closing)).toMatchObject({
      status: 409,
      json: { code: "no_admin_by_provider" },
    });
    const { email, call } = await aPerson(oidc.accounts, "admin");
    await comeIn(oidc, aStranger({ email }));
    // What they had open before the provider knew them is over.
    expect((await call("GET", "/api/sign-in-provider")).status).toBe(401);
    expect((await oidc.admin("GET", "/api/sign-in-provider")).json).toMatchObject({ mayBeExclusive: true });
    expect((await signIn(oidc.accounts, withPassword)).status).toBe(200);
    expect((await oidc.admin("PUT", "/api/sign-in-provider", closing)).status).toBe(200);
    expect((await signIn(oidc.accounts, withPassword)).status).toBe(401);
    expect((await oidc.accounts.app.anonymous("GET", "/api/ways-to-sign-in")).json).toEqual({
      passwords: true,
      passkeys: false,
      providers: [{ workspaceId: oidc.accounts.workspaces.here, kind: "oidc", label: "Acme" }],
    });
    expect((await oidc.admin("DELETE", "/api/sign-in-provider")).status).toBe(200);
    expect((await signIn(oidc.accounts, withPassword)).status).toBe(200);
    expect((await newBrowser(oidc).visit(startOf(oidc))).status).toBe(404);
  });

  it("are not another workspace's to read or change", async () => {
    const elsewhere = await adminToken(oidc.accounts, oidc.accounts.workspaces.elsewhere);
    expect((await elsewhere("GET", "/api/sign-in-provider")).json).toMatchObject({ provider: null });
    expect((await elsewhere("DELETE", "/api/sign-in-provider")).status).toBe(404);
    const { member } = await invite(oidc.accounts);
    expect((await elsewhere("DELETE", `/api/members/${member.id}/provider-link`)).status).toBe(404);
  });

  it("of a provider that is away lead to a page that says so", async () => {
    const gone = await startTestProvider(redirectUri);
    await gone.close();
    await sql`update oidc_provider set issuer = ${gone.issuer} where workspace_id = ${oidc.accounts.workspaces.here}`.execute(
      oidc.accounts.test.db,
    );
    const shown = await newBrowser(oidc).visit(startOf(oidc));
    expect(shown).toMatchObject({ status: 503, text: expect.stringContaining("Acme cannot be reached") as string });
  });
});
