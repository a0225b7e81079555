import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { demoSettings } from "../../../../integrations/generic/index.js";
import { aResponse, demoSource, signed, type SignedSource } from "../clients.js";
import type { Stage } from "./stage.js";

/** whsec_ and nothing, which some verifiers take for a secret. */
const EMPTY = Buffer.from("").toString("base64");

export function webhookForgery(stage: Stage): void {
  const post = async (path: string, body: string, headers: Record<string, string>): Promise<number> => {
    const answer = await fetch(stage.product.url + path, { method: "POST", body, headers });
    await answer.arrayBuffer();
    return answer.status;
  };
  const stored = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from revision)::int + (select count(*) from quarantine)::int as n`.execute(
      stage.product.database.db,
    );
    return rows[0]?.n ?? -1;
  };
  const forgeries = (body: string, source: SignedSource): Record<string, string>[] => {
    const good = signed(source, body);
    const now = good["webhook-timestamp"];
    const under = (key: string) =>
      `v1,${createHmac("sha256", Buffer.from(key, "base64")).update(`${good["webhook-id"]}.${now}.${body}`).digest("base64")}`;
    const { "webhook-signature": _, ...unsigned } = good;
    return [
      unsigned,
      ...["", "v1,", "v1", "v2,x", "v1a,x", "undefined", "null", "v1,undefined", " ", "v1, v1,", under(EMPTY)].map(
        (signature) => ({ ...good, "webhook-signature": signature }),
      ),
      { ...good, "webhook-signature": under(Buffer.from(source.id).toString("base64")) },
      { ...good, "webhook-id": `${good["webhook-id"]}.` },
      { ...good, "webhook-id": "" },
      { ...good, "webhook-timestamp": `${now}.0` },
      { ...good, "webhook-timestamp": "" },
      { ...good, "webhook-timestamp": "NaN" },
      { ...good, "webhook-timestamp": "99999999999" },
      { ...unsigned, "x-webhook-signature": good["webhook-signature"], "x-hub-signature-256": "sha256=" },
      { ...unsigned, authorization: `Bearer ${source.secret}` },
    ];
  };

  it("nothing without a signature that fits is stored, also where the proof is empty, absent or of a kind that nobody asked for", async () => {
    const source = await demoSource(stage.product);
    const body = JSON.stringify(aResponse());
    const before = await stored();
    for (const headers of forgeries(body, source))
      expect([headers, await post(`/hooks/${source.id}`, body, headers)]).toEqual([headers, 401]);
    expect(await stored()).toBe(before);
  });

  it("an HMAC in a header of one's choice fails closed in the same way", async () => {
    const settings = { ...demoSettings, verifier: { scheme: "sha256-hmac", header: "x-signature", prefix: "sha256=" } };
    const body = JSON.stringify(aResponse());
    const made = await stage.api("POST", "/api/sources", { name: "HMAC", kind: "generic", settings });
    const { id } = made.json as SignedSource;
    const empty = createHmac("sha256", "").update(body).digest("hex");
    const before = await stored();
    for (const signature of ["", "sha256=", `sha256=${empty}`, empty, "sha256=undefined", `sha1=${empty}`]) {
      const headers = { "content-type": "application/json", "x-signature": signature };
      expect([signature, await post(`/hooks/${id}`, body, headers)]).toEqual([signature, 401]);
    }
    expect(await stored()).toBe(before);
  });

  it("a source without a verifier cannot be made, nor one whose verifier is weaker", async () => {
    for (const verifier of [undefined, null, {}, { scheme: "none" }, { scheme: "" }, { scheme: "plain-token" }]) {
      const settings = { ...demoSettings, verifier };
      const answer = await stage.api("POST", "/api/sources", { name: "Open", kind: "generic", settings });
      expect([verifier, answer.status]).toEqual([verifier, expect.toBeOneOf([400, 422])]);
    }
  });

  it("a source is found by its whole id and by nothing else", async () => {
    const source = await demoSource(stage.product);
    const body = JSON.stringify(aResponse());
    const { id } = source;
    const near = ["demo", "", id.slice(0, -1), `${id}0`, `${id}%20`, `${id}/x`, `*`, `${id.slice(0, 8)}%25`, "%2e"];
    for (const path of near)
      expect([path, await post(`/hooks/${path}`, body, signed(source, body))]).toEqual([
        path,
        expect.toBeOneOf([404, 405]),
      ]);
  });

  it("Slack's and Jira's doors take no forgery either", async () => {
    const { items } = (await stage.api("GET", "/api/connections")).json as {
      items: { id: string; connector: string }[];
    };
    const jira = items.find(({ connector }) => connector === "jira")?.id ?? "";
    const event = JSON.stringify({ webhookEvent: "jira:issue_updated", issue: { key: "RND-1" } });
    const empty = `sha256=${createHmac("sha256", "").update(event).digest("hex")}`;
    for (const signature of [undefined, "", "sha256=", empty]) {
      const proof: Record<string, string> = signature === undefined ? {} : { "x-hub-signature": signature };
      const headers = { "content-type": "application/json", ...proof };
      expect([signature, await post(`/webhooks/jira/${jira}`, event, headers)]).toEqual([signature, 401]);
    }
    const now = String(Math.floor(Date.now() / 1000));
    const click = "payload=%7B%7D";
    const ofNothing = `v0=${createHmac("sha256", "").update(`v0:${now}:${click}`).digest("hex")}`;
    for (const signature of ["", "v0=", ofNothing, `v1=${ofNothing.slice(3)}`]) {
      const headers = { "x-slack-request-timestamp": now, "x-slack-signature": signature };
      const form = { "content-type": "application/x-www-form-urlencoded", ...headers };
      expect([signature, await post("/slack/interactivity", click, form)]).toEqual([signature, 401]);
    }
  });
}
