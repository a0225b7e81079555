import { describe, expect, it } from "vitest";
import { adminToken, aPerson, PASSWORD, publicUrl, signIn } from "../members/testing/accounts.js";
import { ENTITY_ID } from "./testing/answers.js";
import { makeSigningKey } from "./testing/self-signed.js";
import { aStranger, comeIn, lastAudit, settingsOf, useSaml } from "./testing/use-saml.js";

const saml = useSaml();
const PATH = "/api/saml-provider";

const typed = () => {
  const { metadata: _, ...rest } = settingsOf(saml);
  const { signOnUrl, key } = saml.provider;
  return { ...rest, entityId: ENTITY_ID, signOnUrl, certificates: [key.certificate] };
};
const put = (change: object) => saml.admin("PUT", PATH, change);

describe("the settings of the SAML provider", () => {
  it("are read from its metadata, and tell it where to find us and when its certificate ends", async () => {
    expect((await saml.admin("GET", PATH)).json).toEqual({
      provider: {
        ...{ entityId: ENTITY_ID, signOnUrl: saml.provider.signOnUrl, label: "Acme", domains: ["example.com"] },
        ...{ makesMembers: true, firstRole: "viewer", exclusive: false },
        certificates: [
          {
            pem: saml.provider.key.certificate,
            fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string,
            validUntil: "2049-01-01T00:00:00.000Z",
          },
        ],
      },
      entityId: `${publicUrl}/sign-in/saml/metadata`,
      acsUrl: `${publicUrl}/sign-in/saml`,
      mayBeExclusive: false,
    });
    expect(await lastAudit(saml, "sign_in_provider.changed")).toMatchObject({ data: { kind: "saml" } });
  });

  it("are typed as well, certificates as PEM or as what stands in it, each once", async () => {
    const { certificate } = saml.provider.key;
    const bare = certificate.replaceAll(/-----[A-Z ]+-----|\s/g, "");
    const second = makeSigningKey("ec").certificate;
    const { json } = await put({ ...typed(), certificates: [certificate, bare, second] });
    expect(json).toMatchObject({ provider: { certificates: [{ pem: certificate }, { pem: second }] } });
    expect((await comeIn(saml, aStranger())).url.pathname).toBe("/");
  });

  it.each([
    ["entityId", { entityId: undefined }],
    ["signOnUrl", { signOnUrl: undefined }],
    ["signOnUrl", { signOnUrl: "http://sso.example.com/saml" }],
    ["signOnUrl", { signOnUrl: "data:text/html,1" }],
    ["certificates", { certificates: [] }],
    ["certificates", { certificates: ["not one"] }],
    ["domains", { domains: [] }],
    ["firstRole", { firstRole: "admin" }],
  ])("are refused where %s is missing or wrong: %j", async (field, change) => {
    expect(await put({ ...typed(), ...change })).toMatchObject({
      status: 400,
      json: { fields: { [field]: expect.any(String) as string } },
    });
  });

  it("take no key that is too short", async () => {
    expect((await put({ ...typed(), certificates: [makeSigningKey("weak").certificate] })).status).toBe(400);
  });

  it.each([
    ["is no XML", "<EntityDescriptor", "cannot be read"],
    ["is of two providers or of none", "<EntitiesDescriptor/>", "not the metadata"],
  ])("are refused where the metadata %s", async (_what, metadata, words) => {
    expect(await put({ ...settingsOf(saml), metadata })).toMatchObject({
      status: 422,
      json: { code: "metadata_refused", detail: expect.stringContaining(words) as string },
    });
  });

  it.each([
    ["wants signed requests", 'WantAuthnRequestsSigned="false"', 'WantAuthnRequestsSigned="true"', "signs none"],
    ["knows no HTTP-Redirect", "HTTP-Redirect", "HTTP-Artifact", "no address for sign-in"],
    ["has no key that signs", 'use="signing"', 'use="encryption"', "no certificate"],
    ["brings a document type", "<EntityDescriptor", "<!DOCTYPE a><EntityDescriptor", "document_type"],
  ])("are refused where the metadata %s", async (_what, before, after, words) => {
    const metadata = saml.provider.metadata.replaceAll(before, after);
    expect(metadata).not.toBe(saml.provider.metadata);
    expect(await put({ ...settingsOf(saml), metadata })).toMatchObject({
      status: 422,
      json: { detail: expect.stringContaining(words) as string },
    });
  });

  it("close the other doors only once an admin has come in by it, and open them when it is taken out", async () => {
    const colleague = await aPerson(saml.accounts);
    const withPassword = { email: colleague.email, password: PASSWORD };
    const closing = { ...settingsOf(saml), exclusive: true };
    expect(await put(closing)).toMatchObject({ status: 409, json: { code: "no_admin_by_provider" } });
    const { email } = await aPerson(saml.accounts, "admin");
    await comeIn(saml, aStranger({ email }));
    expect((await saml.admin("GET", PATH)).json).toMatchObject({ mayBeExclusive: true });
    expect((await put(closing)).status).toBe(200);
    expect((await signIn(saml.accounts, withPassword)).status).toBe(401);
    expect((await saml.accounts.app.anonymous("GET", "/api/ways-to-sign-in")).json).toMatchObject({
      providers: [{ workspaceId: saml.accounts.workspaces.here, kind: "saml", label: "Acme" }],
    });
    expect((await saml.admin("DELETE", PATH)).status).toBe(200);
    expect((await lastAudit(saml, "sign_in_provider.removed"))?.data).toEqual({ kind: "saml" });
    expect((await signIn(saml.accounts, withPassword)).status).toBe(200);
  });

  it("are not another workspace's to read or change", async () => {
    const elsewhere = await adminToken(saml.accounts, saml.accounts.workspaces.elsewhere);
    expect((await elsewhere("GET", PATH)).json).toMatchObject({ provider: null });
    expect((await elsewhere("DELETE", PATH)).status).toBe(404);
  });

  it("keep who is linked when it is taken out, until an admin forgets it", async () => {
    const { email, member } = await aPerson(saml.accounts);
    await comeIn(saml, aStranger({ email }));
    await saml.admin("DELETE", PATH);
    const forget = () => saml.admin("DELETE", `/api/members/${member.id}/provider-link`);
    expect((await forget()).status).toBe(200);
    expect((await forget()).status).toBe(404);
  });
});

it("our metadata is anybody's to read", async () => {
  const { status, text, headers } = await saml.accounts.app.anonymous("GET", "/sign-in/saml/metadata");
  expect([status, headers.get("content-type")]).toEqual([200, expect.stringContaining("application/samlmetadata+xml")]);
  expect(text).toContain(`entityID="${publicUrl}/sign-in/saml/metadata"`);
  expect(text).toContain(`Location="${publicUrl}/sign-in/saml"`);
});
