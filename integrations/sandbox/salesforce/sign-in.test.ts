import { createSign, generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SALESFORCE_ACCOUNT } from "../sandbox-accounts.js";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { createSalesforce } from "./index.js";
import { REFRESH_TOKEN } from "./oauth.js";
import { rawSalesforce, tokenOf } from "./testing/raw-salesforce.js";

const JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const HOUR = 3_600_000;

let served: Served;

beforeEach(async () => {
  served = await serveInMemory(createSalesforce);
});
afterEach(() => served.close());

it("grants a token by client credentials with the organisation's address and the user's identity", async () => {
  const { status, body } = await tokenOf(served.url);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "Bearer", instance_url: served.url, scope: "api id" });
  const { id } = body;
  expect(id).toMatch(new RegExp(`^${served.url}/id/${SALESFORCE_ACCOUNT.orgId}/005\\w{15}$`));
  const call = await rawSalesforce(served.url);
  const who = await call("GET", new URL(id).pathname, { token: body.access_token });
  expect(who.body).toMatchObject({
    username: "loopwright@northwind.example",
    organization_id: SALESFORCE_ACCOUNT.orgId,
  });
  expect((await call("GET", "/services/oauth2/userinfo")).body).toMatchObject({
    preferred_username: "loopwright@northwind.example",
  });
  const refused = await call("GET", new URL(id).pathname, { token: "wrong" });
  expect([refused.status, refused.text]).toEqual([403, "Bad_OAuth_Token"]);
});

it.each([
  [{ client_id: "x" }, "invalid_client_id"],
  [{ client_secret: "x" }, "invalid_client"],
  [{ grant_type: "password" }, "unsupported_grant_type"],
  [{ grant_type: "refresh_token", refresh_token: "x" }, "invalid_grant"],
  [{ grant_type: JWT, assertion: "x" }, "invalid_grant"],
])("refuses %j", async (form, error) => {
  const { status, body } = await tokenOf(served.url, form);
  expect([status, body.error]).toEqual([400, error]);
});

it("refreshes by the refresh token", async () => {
  expect((await tokenOf(served.url, { grant_type: "refresh_token", refresh_token: REFRESH_TOKEN })).status).toBe(200);
});

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const assertion = (claims: object = {}) => {
  const all = {
    iss: SALESFORCE_ACCOUNT.clientId,
    sub: "maya.lindqvist@northwind.example",
    aud: served.url,
    exp: Date.now() / 1_000 + 60,
  };
  const unsigned = `${encode({ alg: "RS256" })}.${encode({ ...all, ...claims })}`;
  return `${unsigned}.${createSign("RSA-SHA256").update(unsigned).sign(privateKey, "base64url")}`;
};
const byJwt = async (token: string) => (await tokenOf(served.url, { grant_type: JWT, assertion: token })).body;

it("takes a JWT for a known user, and refuses one that is old or of a stranger", async () => {
  expect(await byJwt(assertion())).toMatchObject({ token_type: "Bearer" });
  expect(await byJwt(assertion({ exp: 1 }))).toMatchObject({
    error: "invalid_grant",
    error_description: "expired authorization code",
  });
  expect(await byJwt(assertion({ sub: "who@x.example" }))).toMatchObject({
    error_description: "user hasn't approved this consumer",
  });
  expect(await byJwt(assertion({ iss: "other" }))).toMatchObject({ error: "invalid_client_id" });
});

it("checks the JWT's signature once a public key is set", async () => {
  served.world.set("salesforce.jwtPublicKey", publicKey.export({ type: "spki", format: "pem" }).toString());
  expect(await byJwt(assertion())).toMatchObject({ token_type: "Bearer" });
  expect(await byJwt(`${assertion().slice(0, -8)}AAAAAAAA`)).toMatchObject({
    error: "invalid_grant",
    error_description: "invalid assertion",
  });
});

it("ends a session after two hours, on revoke, and by the standing faults", async () => {
  const call = await rawSalesforce(served.url);
  const codeNow = async (ask = call) => (await ask("GET", "/limits")).errors[0]?.errorCode;
  expect(await codeNow()).toBeUndefined();
  served.world.setFault("salesforce", "reject_token_always", {});
  expect(await codeNow()).toBe("INVALID_SESSION_ID");
  served.world.setFault("salesforce", "reject_token_always", undefined);
  await served.world.advance(1_000);
  served.world.setFault("salesforce", "expire_session", { since: served.world.now() });
  expect(await codeNow()).toBe("INVALID_SESSION_ID");
  const renewed = await rawSalesforce(served.url);
  expect(await codeNow(renewed)).toBeUndefined();
  served.world.setFault("salesforce", "expire_session", undefined);
  await served.world.advance(2 * HOUR);
  expect(await codeNow(renewed)).toBe("INVALID_SESSION_ID");
});

it("revokes a token", async () => {
  const { body } = await tokenOf(served.url);
  const revoke = () =>
    fetch(`${served.url}/services/oauth2/revoke`, {
      method: "POST",
      body: new URLSearchParams({ token: body.access_token }),
    });
  expect((await revoke()).status).toBe(200);
  expect((await revoke()).status).toBe(400);
  const call = await rawSalesforce(served.url);
  expect((await call("GET", "/limits", { token: body.access_token })).status).toBe(401);
});

it("keeps sessions across a restart", async () => {
  const { body } = await tokenOf(served.url);
  const again = await serveInMemory(createSalesforce, served.world.snapshot());
  const call = await rawSalesforce(again.url);
  expect((await call("GET", "/limits", { token: body.access_token })).status).toBe(200);
  await again.close();
});
