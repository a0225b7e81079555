import { afterAll, beforeAll } from "vitest";
import { demoSettings } from "../../../../integrations/generic/index.js";
import { httpLoopback } from "../../../../integrations/testing/loopback.js";
import { clientOf, type Client } from "../../../testing/http.js";
import { apiAs } from "../clients.js";
import { useProduct } from "../use-product.js";
import { fuzz, type Effort, type Target } from "./fuzz.js";

const CANARY = "canary-77d0c1ab39";
const WHO = ["admin", "viewer", "nobody"] as const;
export type Who = (typeof WHO)[number];
export const everybody = WHO;

/** The product with its demo, and with secrets that were planted to be found again. */
export async function useFuzzedProduct(): Promise<(who: Who, effort: Effort) => Promise<Map<number, number>>> {
  const { url, host, close } = await httpLoopback((_received, response) => response.end("fine"));
  const { product, api } = useProduct({ worker: false, allowPrivate: [host] });
  const target: { -readonly [Field in keyof Target]?: Target[Field] } = {};

  beforeAll(async () => {
    const config = { baseUrl: url };
    const planted = { connector: "http", name: "Planted", config, secret: { headerValue: `Bearer ${CANARY}` } };
    const connection = (await api("POST", "/api/connections", planted)).json as { id: string };
    const source = (await api("POST", "/api/sources", { name: "Planted", kind: "generic", settings: demoSettings }))
      .json as { id: string; secret: string };
    const first = async (path: string): Promise<string[]> =>
      ((await api("GET", path)).json as { items: { id: string }[] }).items.map(({ id }) => id);
    target.url = product.url;
    target.secrets = [CANARY, source.secret];
    target.ids = {
      ...{ flowId: await first("/api/flows"), runId: await first("/api/runs"), memberId: await first("/api/members") },
      ...{ connectionId: [connection.id, ...(await first("/api/connections"))], sourceId: [source.id] },
      ...{ nodeId: ["start", "ask"], picker: ["channels", "projects"], file: ["start.js"] },
    };
  });
  afterAll(close);

  const clientFor = (who: Who): Promise<Client> =>
    who === "nobody" ? Promise.resolve(clientOf(product.url, {})) : apiAs(product, who);
  return async (who, effort) => fuzz(await clientFor(who), target as Target, effort);
}
