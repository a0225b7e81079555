import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { demoSettings } from "../../integrations/generic/index.js";
import { until } from "../../workflows/testing/until.js";
import { post, publishFlow } from "../testing/product-front.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ demo: false });
const said = (number: number) => ({
  name: `Quirina${String(number)} Zanahoria`,
  email: `quirina${String(number)}@zanahoria.example`,
  score: 2,
});

describe("a run of a customer", () => {
  const mayChange = {
    nodes: [
      ["rest", "wait", { duration: { amount: 1, unit: "days" } }],
      ["over", "end", {}],
    ],
    edges: "start > rest, rest > over",
  } as const;
  const turned = (domain: string) => ({ settings: { ...demoSettings, domain } });
  const runOf = async (id: string | undefined) => (await api("GET", `/api/runs/${id ?? ""}`)).json;

  it("shows nobody once the same response goes on as an employee's", async () => {
    const shop = await publishFlow(api, "Turned", mayChange);
    const { runIds } = await post(shop, { ...said(70), responseId: "turned", comment: "Numbat at first" });
    expect(await runOf(runIds[0])).toMatchObject({ ofEmployee: false, contactName: said(70).name });
    expect((await api("PUT", `/api/sources/${shop.sourceId}`, turned("employee"))).status).toBe(200);
    await post(shop, { ...said(70), responseId: "turned", comment: "Numbat at work" });
    expect(await runOf(runIds[0])).toMatchObject({ ofEmployee: true, contactName: null, score: null, event: null });
    const { text } = await api("GET", `/api/runs/${runIds[0] ?? ""}`);
    expect(text).not.toMatch(/Numbat|Quirina/i);
  });

  it("does not wait for an employee's, and one that did before does not name it", async () => {
    const key = { by: "contact", then: "queue" };
    const pulse = await publishFlow(api, "Of both", { ...mayChange, trigger: { key } }, { domain: "employee" });
    const [first] = (await post(pulse, { ...said(71), responseId: "at work" })).runIds;
    await api("PUT", `/api/sources/${pulse.sourceId}`, turned("customer"));
    const [second] = (await post(pulse, { ...said(71), responseId: "at home" })).runIds;
    expect(await runOf(second)).toMatchObject({ ofEmployee: false, contactName: said(71).name, waitsFor: null });
    await until(
      () => runOf(second),
      (run) => (run as { state: string }).state === "waiting",
    );
    const keys = sql<{ flow_key: Buffer }>`select flow_key from run where id = ${first}`;
    const shared = (await keys.execute(product.database.db)).rows[0]?.flow_key;
    const [third] = (await post(pulse, { ...said(71), responseId: "at home again" })).runIds;
    // As it was when both had one key.
    await sql`update run set flow_key = ${shared} where id = ${third}`.execute(product.database.db);
    const { json } = await api("GET", `/api/runs/${third ?? ""}`);
    expect(json).toMatchObject({ state: "queued", waitsFor: null });
  });
});
