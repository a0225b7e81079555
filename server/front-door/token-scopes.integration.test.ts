import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createdTokenSchema } from "../members/token-api.js";
import { clientOf, type Client } from "../testing/http.js";
import { readOpenApi } from "./testing/clients.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ worker: false });

interface Ids {
  readonly own: string;
  readonly other: string;
}

/** Of each kind one that the token names, and one that it does not. */
let flow: Ids;
let source: Ids;
let connection: Ids;
let narrow: Client;

const itemsSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const itemsAt = async (client: Client, path: string) => itemsSchema.parse((await client("GET", path)).json).items;
const idsAt = async (client: Client, path: string) => (await itemsAt(client, path)).map(({ id }) => id);

async function twoOf(path: string): Promise<Ids> {
  const [own, other] = await idsAt(api, path);
  if (own === undefined || other === undefined) throw new Error(`the demo has less than two at ${path}`);
  return { own, other };
}

async function token(wanted: object): Promise<Client> {
  const { json } = await api("POST", "/api/tokens", { name: "narrow", ...wanted });
  return clientOf(product.url, { authorization: `Bearer ${createdTokenSchema.parse(json).token}` });
}

beforeAll(async () => {
  const { draft } = z
    .looseObject({ draft: z.unknown() })
    .parse((await api("GET", `/api/flows/${(await idsAt(api, "/api/flows"))[0] ?? ""}`)).json);
  await api("POST", "/api/flows", { name: "A copy", draft });
  const { settings } = z.looseObject({ settings: z.unknown() }).parse((await itemsAt(api, "/api/sources"))[0]);
  await api("POST", "/api/sources", { name: "Another", kind: "generic", settings });
  [flow, source, connection] = [
    await twoOf("/api/flows"),
    await twoOf("/api/sources"),
    await twoOf("/api/connections"),
  ];
  narrow = await token({
    permissions: [
      "flows:read",
      "flows:edit",
      "flows:publish",
      "runs:read",
      "approvals:read",
      "feedback:read",
      "sources:read",
      "connections:read",
    ],
    ...{ flowIds: [flow.own], sourceIds: [source.own], connectionIds: [connection.own] },
  });
});

describe("a token that is limited to single things", () => {
  it("is refused at every route whose permission it does not name", async () => {
    const bare = await token({ permissions: ["flows:read"] });
    const { paths } = await readOpenApi(product.url);
    const cells = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, access: operation["x-access"] })),
    );
    const asked = cells.filter(({ access }) => !["public", "signed", "member"].includes(access));
    const wrong: string[] = [];
    for (const { method, path, access } of asked) {
      const filled = path
        .replaceAll(/\{\w+Id\}/g, "0192f000-0000-7000-8000-0000000000ff")
        .replaceAll(/\{\w+\}/g, "none");
      const { status } = await bare(
        method.toUpperCase(),
        filled,
        ["post", "put", "patch"].includes(method) ? {} : undefined,
      );
      if ((status === 403) === (access === "flows:read")) wrong.push(`${method} ${path} ${access}: ${status}`);
    }
    expect(asked.length).toBeGreaterThan(40);
    expect(wrong).toEqual([]);
  });

  it("lists those things alone, and what belongs to them", async () => {
    expect(await idsAt(narrow, "/api/flows")).toEqual([flow.own]);
    expect(await idsAt(narrow, "/api/sources")).toEqual([source.own]);
    expect(await idsAt(narrow, "/api/connections")).toEqual([connection.own]);
    for (const path of ["/api/runs", "/api/approvals"]) {
      const ofFlows = async (client: Client) => new Set((await itemsAt(client, path)).map(({ flowId }) => flowId));
      expect([...(await ofFlows(narrow))].filter((id) => id !== flow.own)).toEqual([]);
    }
    const feedback = await itemsAt(narrow, "/api/feedback");
    expect(feedback.length).toBeGreaterThan(0);
    expect(feedback.filter(({ sourceId }) => sourceId !== source.own)).toEqual([]);
  });

  it("does not find the others at any address, nor their runs", async () => {
    const addresses = [
      ["GET", `/api/flows/${flow.other}`],
      ["GET", `/api/flows/${flow.other}/versions`],
      ["GET", `/api/flows/${flow.other}/file`],
      ["POST", `/api/flows/${flow.other}/check`],
      ["POST", `/api/flows/${flow.other}/unpublish`],
      ["POST", `/api/flows/${flow.other}/pause`],
      ["DELETE", `/api/flows/${flow.other}`],
      ["GET", `/api/sources/${source.other}`],
      ["GET", `/api/connections/${connection.other}/options/channels`],
    ] as const;
    for (const [method, address] of addresses)
      expect([address, (await narrow(method, address, method === "GET" ? undefined : {})).status]).toEqual([
        address,
        404,
      ]);
    expect((await narrow("GET", `/api/flows/${flow.own}`)).status).toBe(200);
    const { rows } = await sql<{ id: string; flow_id: string }>`select id, flow_id from run`.execute(
      product.database.db,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { id, flow_id } of rows)
      expect([id, (await narrow("GET", `/api/runs/${id}`)).status]).toEqual([id, flow_id === flow.own ? 200 : 404]);
  });

  it("makes no new ones, and does not publish a flow that names others", async () => {
    expect((await narrow("POST", "/api/flows", { name: "Mine" })).status).toBe(403);
    const { json } = await narrow("POST", `/api/flows/${flow.own}/check`, {});
    const { draft } = z.looseObject({ draft: z.unknown() }).parse((await api("GET", `/api/flows/${flow.own}`)).json);
    const namesOthers = JSON.stringify(draft).includes(connection.other);
    const { problems } = z.object({ problems: z.array(z.unknown()) }).parse(json);
    expect(namesOthers).toBe(true);
    expect(problems.length).toBeGreaterThan(0);
    const whole = await token({ role: "publisher" });
    const free = await whole("POST", `/api/flows/${flow.own}/check`, {});
    expect(z.object({ problems: z.array(z.unknown()) }).parse(free.json).problems).toEqual([]);
  });
});
