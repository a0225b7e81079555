import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { transact } from "../../../../workflows/ledger/transact.js";
import { createSignInLink } from "../../../members/sign-in.js";
import { clientOf } from "../../../testing/http.js";
import type { Stage } from "./stage.js";

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Made for another service, or by nobody. */
function jwts(): string[] {
  const claims = { sub: "admin", role: "admin", aud: "another-service", iss: "https://x.example", exp: 4_000_000_000 };
  const unsigned = ["none", "None", "NONE", "nOnE"].map((alg) => `${part({ alg, typ: "JWT" })}.${part(claims)}.`);
  const signed = ["", "secret", "loopwright", "null"].map((key) => {
    const text = `${part({ alg: "HS256", typ: "JWT", kid: "../../dev/null" })}.${part(claims)}`;
    return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
  });
  return [...unsigned, ...signed];
}

export function tokenAudience(stage: Stage): void {
  const asking = (headers: Record<string, string>) => clientOf(stage.product.url, headers)("GET", "/api/me");
  let link: string;
  let session: string;
  let token: string;

  beforeAll(async () => {
    const { runtime, url } = stage.product;
    const make = () =>
      transact(runtime.db, (tx) =>
        createSignInLink(tx, { memberId: runtime.installation.adminId, publicUrl: url, validMs: 600_000 }),
      );
    const cookie = (await fetch(await make(), { redirect: "manual" })).headers.getSetCookie()[0] ?? "";
    session = /=([^;]+)/.exec(cookie)?.[1] ?? "";
    link = new URL(await make()).searchParams.get("token") ?? "";
    const made = await stage.api("POST", "/api/tokens", { name: "Audience", role: "viewer" });
    token = (made.json as { token: string }).token;
  });

  it("a token is ours or none: what another service signed, or nobody, opens nothing", async () => {
    for (const jwt of jwts())
      for (const headers of [{ authorization: `Bearer ${jwt}` }, { cookie: `lw_session=${jwt}` }])
        expect([headers, (await asking(headers)).status]).toEqual([headers, 401]);
  });

  it("each credential opens the door that it was made for, and no other", async () => {
    expect((await asking({ cookie: `lw_session=${session}` })).status).toBe(200);
    expect((await asking({ authorization: `Bearer ${token}` })).status).toBe(200);
    for (const headers of [
      { authorization: `Bearer ${session}` },
      { authorization: `Bearer ${link}` },
      { cookie: `lw_session=${token}` },
      { cookie: `lw_session=${link}` },
      { cookie: `__Host-lw_session=${session}` },
      { authorization: `Basic ${Buffer.from(`${token}:`).toString("base64")}` },
      { "x-api-key": token },
    ])
      expect([headers, (await asking(headers)).status]).toEqual([headers, 401]);
    expect((await clientOf(stage.product.url, {})("GET", `/api/me?token=${token}&access_token=${token}`)).status).toBe(
      401,
    );
  });

  it("a token that is cut, stretched, in other letters, or its stored hash, opens nothing", async () => {
    const { rows } = await sql<{ hash: Buffer }>`select token_hash as hash from api_token limit 1`.execute(
      stage.product.database.db,
    );
    const hash = rows[0]?.hash ?? Buffer.from("");
    const near = [token.slice(0, -1), `${token}A`, token.toUpperCase(), token.replace("lwt_", ""), `${token},${token}`];
    for (const other of [...near, hash.toString("hex"), hash.toString("base64url"), "lwt_", "lwt_undefined"])
      expect([other, (await asking({ authorization: `Bearer ${other}` })).status]).toEqual([other, 401]);
  });

  it("a token that was revoked or has run out is refused at once", async () => {
    const made = (await stage.api("POST", "/api/tokens", { name: "Short", role: "viewer" })).json;
    const { id, token: short } = made as { id: string; token: string };
    const ask = () => asking({ authorization: `Bearer ${short}` });
    expect((await ask()).status).toBe(200);
    expect((await stage.api("DELETE", `/api/tokens/${id}`)).status).toBe(200);
    expect((await ask()).status).toBe(401);
    const late = (await stage.api("POST", "/api/tokens", { name: "Late", role: "viewer", expiresInDays: 1 })).json;
    const { id: lateId, token: lateToken } = late as { id: string; token: string };
    await sql`update api_token set expires_at = lw_now() - interval '1 second' where id = ${lateId}`.execute(
      stage.product.database.db,
    );
    expect((await asking({ authorization: `Bearer ${lateToken}` })).status).toBe(401);
  });
}
