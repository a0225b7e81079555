import { sql } from "kysely";
import { expect, it } from "vitest";
import { deliver, demoSource } from "../clients.js";
import type { Stage } from "./stage.js";

const INJECTIONS = [
  "' or '1'='1",
  "'; drop table flow; --",
  "1; select pg_sleep(30)--",
  '" or 1=1 --',
  "') union select token_hash from api_token --",
  "$1",
  "\\'; select 1 --",
  "%' and 1=(select count(*) from session) and '%'='",
  "x' || (select secret_outbound from connection limit 1) || '",
  "admin'/*",
  "\u0000' or 1=1",
];

export function sqlInjection(stage: Stage): void {
  const shape = async (): Promise<unknown> => {
    const { rows } = await sql`
      select (select count(*) from information_schema.tables where table_schema = current_schema()) as tables,
        (select count(*) from member) as members, (select count(*) from connection) as connections`.execute(
      stage.product.database.db,
    );
    return rows[0];
  };
  const lists = async (): Promise<{ path: string; fields: string[] }[]> => {
    const { paths } = (await stage.anonymous("GET", "/api/openapi.json")).json as {
      paths: Record<string, { get?: { parameters: { name: string; in: string }[] } }>;
    };
    return Object.entries(paths).flatMap(([path, { get }]) => {
      const fields = (get?.parameters ?? []).flatMap((one) => (one.in === "query" ? [one.name] : []));
      return get && path !== "/api/live" && fields.length > 0 ? [{ path, fields }] : [];
    });
  };

  it("no field of any query, and no id of any address, is read as SQL", async () => {
    await stage.api("PUT", "/api/feedback/search", { on: true });
    const before = await shape();
    const asked = await lists();
    expect(asked.length).toBeGreaterThan(4);
    // Every field before the next text: the doors of sign-in count, and close after a while.
    for (const text of INJECTIONS)
      for (const { path, fields } of asked)
        for (const field of fields) {
          const id = "0192f000-0000-7000-8000-0000000000ff";
          const target = `${path.replaceAll(/\{\w+\}/g, id)}?${field}=${encodeURIComponent(text)}`;
          const { status, text: told } = await stage.api("GET", target);
          const answers = [200, 303, 400, 401, 404, 410, 422, ...(path.startsWith("/sign-in") ? [429] : [])];
          expect([target, status]).toEqual([target, expect.toBeOneOf(answers)]);
          expect([target, /syntax error|pg_|SQLSTATE|relation "/.test(told)]).toEqual([target, false]);
        }
    for (const text of INJECTIONS)
      for (const place of ["flows", "runs", "sources"]) {
        const target = `/api/${place}/${encodeURIComponent(text)}`;
        expect([target, (await stage.api("GET", target)).status]).toEqual([target, 400]);
      }
    expect(await shape()).toEqual(before);
  });

  it("a name is stored as it was written, also one that would end a statement", async () => {
    for (const name of INJECTIONS.filter((text) => !text.includes("\u0000"))) {
      const made = await stage.api("POST", "/api/flows", { name });
      expect([made.status, made.json]).toMatchObject([201, { name }]);
      const flowId = (made.json as { id: string }).id;
      expect((await stage.api("DELETE", `/api/flows/${flowId}`)).status).toBe(200);
    }
  });

  it("a delivery's fields are values: signed feedback finds nobody else's contact, and changes no table", async () => {
    const before = await shape();
    const source = await demoSource(stage.product);
    for (const [index, text] of INJECTIONS.entries()) {
      const body = { responseId: `${text} ${index}`, score: 9, email: text, name: text, account: text, comment: text };
      expect((await deliver(stage.product, source, { ...body, submittedAt: text, product: text })).status).toBe(202);
    }
    expect(await shape()).toEqual(before);
  });

  it("signing in does not either", async () => {
    for (const text of INJECTIONS) {
      const answer = await stage.anonymous(
        "POST",
        "/api/sign-in",
        { email: `${text}@x.example`, password: text.padEnd(12) },
        { "sec-fetch-site": "same-origin" },
      );
      expect([text, answer.status, answer.headers.getSetCookie()]).toEqual([
        text,
        expect.toBeOneOf([400, 401, 429]),
        [],
      ]);
    }
  });
}
