import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { demoSettings } from "../../../../integrations/generic/index.js";
import { httpStep, tryFlow, type Stage } from "./stage.js";

const CANARY = "canary-9b3e77a1c2d4";

export function secretsLeakBack(stage: Stage): void {
  let sourceSecret: string;
  let runId: string;
  let connectionId: string;

  beforeAll(async () => {
    const config = { baseUrl: stage.partner.url, headerName: "X-Api-Key" };
    const made = await stage.api("POST", "/api/connections", {
      ...{ connector: "http", name: "Echo", config, secret: { headerValue: CANARY } },
    });
    connectionId = (made.json as { id: string }).id;
    const source = { name: "Leaky", kind: "generic", settings: demoSettings };
    sourceSecret = ((await stage.api("POST", "/api/sources", source)).json as { secret: string }).secret;
    // The partner answers an error that quotes every header that it was sent.
    const { run } = await tryFlow(stage, [httpStep({ url: "/echo-as-error" }, connectionId)], "start > call");
    runId = run?.id ?? "";
  });

  it("an error of the other side that quotes a secret is kept and shown without it", async () => {
    expect(stage.partner.received.some(({ headers }) => headers["x-api-key"] === CANARY)).toBe(true);
    const { text, status } = await stage.api("GET", `/api/runs/${runId}`);
    expect([status, text.includes("http_400")]).toEqual([200, true]);
    expect(text).not.toContain(CANARY);
  });

  it("no answer of the API holds a secret, for anybody", async () => {
    const { paths } = (await stage.anonymous("GET", "/api/openapi.json")).json as { paths: Record<string, object> };
    const lists = Object.entries(paths).filter(
      ([path, on]) => "get" in on && !path.includes("{") && path !== "/api/live",
    );
    expect(lists.length).toBeGreaterThan(15);
    const own = [`/api/runs/${runId}`, "/api/audit/export?format=csv", "/api/audit/export?format=jsonl"];
    for (const path of [...lists.map(([name]) => name), ...own])
      for (const role of ["admin", "builder", "viewer"] as const) {
        const { text } = await stage.as(role)("GET", path);
        expect([path, role, text.includes(CANARY) || text.includes(sourceSecret)]).toEqual([path, role, false]);
      }
  });

  it("a change that fails, and a check that is refused, do not quote what was sent", async () => {
    const bad = {
      connector: "http",
      name: "x",
      config: { baseUrl: "not an address" },
      secret: { headerValue: CANARY },
    };
    const tries = [
      await stage.api("POST", "/api/connections", bad),
      await stage.api("POST", "/api/connections", {
        ...bad,
        config: { baseUrl: `${stage.partner.url}/echo-as-error` },
      }),
      await stage.api("POST", "/api/connections", { ...bad, secret: { headerValue: `${CANARY}\nx: y` } }),
      await stage.api("PUT", `/api/connections/${connectionId}`, { secret: { headerValue: `${CANARY}\u0007` } }),
      await stage.anonymous("POST", "/api/sign-in", { email: "a@b.example", password: CANARY, [CANARY]: 1 }),
    ];
    for (const { text, status } of tries) expect([status < 500, text.includes(CANARY)]).toEqual([true, false]);
  });

  it("no column of any table holds a secret as it was given", async () => {
    const { db } = stage.product.database;
    const { rows } = await sql<{ name: string }>`
      select quote_ident(table_name) as name from information_schema.tables
      where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(db);
    expect(rows.length).toBeGreaterThan(20);
    const forms = [CANARY, sourceSecret, sourceSecret.replace("whsec_", "")];
    const held: string[] = [];
    for (const { name } of rows)
      for (const form of [...forms, ...forms.map((text) => Buffer.from(text).toString("hex"))]) {
        const found = await sql<{ n: number }>`
          select count(*)::int as n from ${sql.raw(name)} as t where position(${form} in t::text) > 0`.execute(db);
        if (found.rows[0]?.n !== 0) held.push(name);
      }
    expect(held).toEqual([]);
  });
}
