import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { clientOf } from "../testing/http.js";
import { post } from "../testing/product-front.js";
import {
  accountsBelow,
  aMemberOf,
  marksIn,
  marksOf,
  pagesOf,
  region,
  saySome,
  type Row,
  type Rule,
  type SaidRows,
} from "./testing/said-rows.js";
import { aMember, makeTeam, NO_LIMITS } from "./testing/teams.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ demo: false });
let own: SaidRows;
beforeAll(async () => {
  own = await saySome(product, api);
}, 120_000);

describe("a token", () => {
  it("sees what it names of what its maker sees by now", async () => {
    const maker = await aMember(product, api, "admin");
    const made = await maker.as("POST", "/api/tokens", {
      ...{ name: "Theirs", role: "publisher", expiresInDays: 1 },
      sourceIds: [own.flows.first.sourceId],
    });
    const { token } = z.object({ token: z.string() }).parse(made.json);
    const as = clientOf(product.url, { authorization: `Bearer ${token}` });
    const isFirst = ({ at }: Row) => at === "first";
    expect(marksIn(await pagesOf(as, "/api/feedback"))).toEqual(marksOf(own.rows.filter(isFirst)));
    for (const [place, rule] of [region("EMEA"), accountsBelow(own, "Rival")].entries())
      await makeTeam(api, { ...rule, name: `For a token ${String(place)}`, memberIds: [maker.id] });
    await api("PATCH", `/api/members/${maker.id}`, { role: "builder" });
    const sees = (row: Row) => isFirst(row) && (row.region === "EMEA" || row.account === "Rival");
    expect(marksIn(await pagesOf(as, "/api/feedback"))).toEqual(marksOf(own.rows.filter(sees)));
    for (const row of own.rows)
      expect([row.mark, (await as("GET", `/api/runs/${row.runIds[0] ?? ""}`)).status]).toEqual([
        row.mark,
        sees(row) ? 200 : 404,
      ]);
  });
});

describe("a change", () => {
  it("of the rule counts at the next request, and the audit says who made it and which", async () => {
    const { id, as } = await aMember(product, api, "builder");
    const wanted = { ...NO_LIMITS, name: "Moved", memberIds: [id] };
    const teamId = await makeTeam(api, { ...wanted, ...region("EMEA") });
    expect(marksIn(await pagesOf(as, "/api/feedback"))).toEqual(
      marksOf(own.rows.filter((row) => row.region === "EMEA")),
    );
    await api("PUT", `/api/teams/${teamId}`, { ...wanted, ...accountsBelow(own, "Shop") });
    expect(marksIn(await pagesOf(as, "/api/feedback"))).toEqual(
      marksOf(own.rows.filter((row) => row.account === "Shop")),
    );
    const { rows: told } = await sql<{ action: string; actor_kind: string; data: unknown }>`
      select action, actor_kind, data from audit_event where target_id = ${teamId} order by id`.execute(
      product.database.db,
    );
    expect(told).toEqual([
      { action: "team.created", actor_kind: "token", data: { segment: JSON.stringify(region("EMEA").segment) } },
      { action: "team.changed", actor_kind: "token", data: { accounts: own.accounts["Shop"] } },
    ]);
  });

  it("of what somebody said moves all of it: what counts is what they say now", async () => {
    const { as } = await aMemberOf(product, api, [region("Antarctica")]);
    const told = { responseId: "moved", comment: "Thylacine gone" };
    const { runIds } = await post(own.flows.first, { ...told, ...{ region: "Arctic" } });
    const statusOf = async () => (await as("GET", `/api/runs/${runIds[0] ?? ""}`)).status;
    expect([await statusOf(), await pagesOf(as, "/api/feedback")]).toEqual([404, expect.not.stringContaining("Thyl")]);
    await post(own.flows.first, { ...told, comment: "Thylacine found", ...{ region: "Antarctica" } });
    const shown = await pagesOf(as, "/api/feedback");
    expect([await statusOf(), shown]).toEqual([200, expect.stringContaining("Thylacine gone")]);
    expect(shown).toContain("Thylacine found");
    await post(own.flows.first, { ...told, comment: "Thylacine lost", ...{ region: "Arctic" } });
    expect([await statusOf(), await pagesOf(as, "/api/feedback")]).toEqual([404, expect.not.stringContaining("Thyl")]);
  });

  it("is told without ids to who sees certain rows, and a page that sees less from now on reads everything again", async () => {
    const [narrow, free] = [await aMemberOf(product, api, [region("EMEA")]), await aMember(product, api, "builder")];
    const [told, wide] = await Promise.all([hear(narrow.cookie), hear(free.cookie)]);
    const { runIds } = await post(own.flows.second, { responseId: "heard", ...{ region: "US" } });
    await wide.until((text) => text.includes(runIds[0] ?? ""));
    await told.until((text) => text.includes('"topic":"run"'));
    expect(told.text()).not.toContain(runIds[0]);
    await makeTeam(api, { name: "From now on", ...region("EMEA"), memberIds: [free.id] });
    await wide.end();
  });
});

async function hear(cookie: string) {
  const response = await fetch(`${product.url}/api/live`, { headers: { cookie, origin: product.url } });
  expect(response.status).toBe(200);
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let [text, ended] = ["", false];
  const more = async (): Promise<void> => {
    const { value, done } = await reader.read();
    text += decoder.decode(value, { stream: true });
    ended ||= done;
  };
  return {
    text: () => text,
    until: async (isThere: (text: string) => boolean) => {
      while (!isThere(text) && !ended) await more();
    },
    end: async () => {
      while (!ended) await more();
    },
  };
}

describe("a rule", () => {
  it("asks for what is clear and known, of this workspace, and is refused otherwise with a reason", async () => {
    const stranger = "0192f000-0000-7000-8000-0000000000ff";
    const wrongs: readonly (readonly [Rule, number, string])[] = [
      [{ segment: [{ field: "feedback.comment", oneOf: ["x"] }] }, 422, "rule_field_sealed"],
      [{ segment: [{ field: "contact.email", oneOf: ["x"] }] }, 422, "rule_field_sealed"],
      [{ segment: [{ field: "account.name", oneOf: ["x"] }] }, 422, "rule_field_sealed"],
      [{ segment: [{ field: "account.externalId", oneOf: ["x"] }] }, 422, "rule_field_sealed"],
      [{ segment: [{ field: "region", oneOf: ["x"] }] }, 422, "rule_field_unknown"],
      [{ segment: [{ field: "feedback.attributes.a'b", oneOf: ["x"] }] }, 422, "rule_field_unknown"],
      [{ segment: [{ field: "feedback.attributes.region", oneOf: [] }] }, 400, "invalid_request"],
      [{ accountIds: [stranger] }, 422, "not_of_this_workspace"],
      [{ accountIds: [] }, 400, "invalid_request"],
    ];
    for (const [rule, status, code] of wrongs)
      expect(await api("POST", "/api/teams", { ...NO_LIMITS, name: "Wrong", ...rule })).toMatchObject({
        status,
        json: { code },
      });
  });
});
