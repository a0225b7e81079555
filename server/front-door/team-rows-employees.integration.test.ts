import { beforeAll, describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { until } from "../../workflows/testing/until.js";
import { formGroups } from "../employees/employee-groups.js";
import { feedbackListSchema } from "../feedback/feedback-api.js";
import type { Client } from "../testing/http.js";
import { post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { aMemberOf, mapping, region } from "./testing/said-rows.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ demo: false });

describe("what employees said", () => {
  let pulse: FlowHandle;
  let narrow: Client;
  const answer = (number: number, where: string) =>
    post(pulse, {
      ...{ responseId: `pulse-${String(number)}`, email: `e${String(number)}@staff.example`, score: 2 },
      ...{ comment: `Tamandua ${String(number)}`, region: where },
    });
  const shown = async (as: Client): Promise<string[]> => {
    const { json } = await as("GET", `/api/feedback?limit=200&sourceId=${pulse.sourceId}`);
    return feedbackListSchema.parse(json).items.map(({ comment }) => comment ?? "");
  };
  const waits = async (as: Client) => {
    const { json } = await as("GET", "/api/feedback");
    return feedbackListSchema.parse(json).withheld.map(({ sourceId }) => sourceId);
  };
  const runStatuses = (as: Client, runIds: readonly (string | undefined)[]) =>
    Promise.all(runIds.map(async (id) => (await as("GET", `/api/runs/${id ?? ""}`)).status));
  const form = () => {
    const workspace_id = product.runtime.installation.workspaceId;
    return transact(product.database.db, (tx) =>
      formGroups(tx, { workspace_id, source_id: pulse.sourceId, relation: null }),
    );
  };
  const grouped = (count: number) =>
    until(
      () => shown(api),
      ({ length }) => length === count,
    );

  beforeAll(async () => {
    const drawing = { nodes: [["over", "end", { outcome: "noted" }]], edges: "start > over" } as const;
    pulse = await publishFlow(api, "Pulse", drawing, { mapping, domain: "employee" });
    narrow = (await aMemberOf(product, api, [region("EMEA")])).as;
  });

  it("waits unseen unless all that waits is within reach", async () => {
    const [one] = await Promise.all([1, 2].map((number) => answer(number, "EMEA")));
    expect(await waits(narrow)).toEqual([pulse.sourceId]);
    expect(await runStatuses(narrow, one?.runIds ?? [])).toEqual([404]);
    expect(await runStatuses(api, one?.runIds ?? [])).toEqual([200]);
  });

  it("is shown where all of its group is within reach", async () => {
    const others = await Promise.all([3, 4, 5].map((number) => answer(number, "EMEA")));
    await form();
    await grouped(5);
    expect(await shown(narrow)).toHaveLength(5);
    expect(await runStatuses(narrow, [others[0]?.runIds[0]])).toEqual([200]);
  });

  it("is not shown in part: a group with one from elsewhere is hidden whole, and so are its runs", async () => {
    const mates = await Promise.all([6, 7, 8, 9].map((number) => answer(number, "EMEA")));
    await answer(10, "US");
    await form();
    await grouped(10);
    expect((await shown(narrow)).toSorted()).toEqual([1, 2, 3, 4, 5].map((number) => `Tamandua ${String(number)}`));
    expect(
      await runStatuses(
        narrow,
        mates.map(({ runIds }) => runIds[0]),
      ),
    ).toEqual([404, 404, 404, 404]);
    await answer(11, "US");
    expect(await waits(narrow)).toEqual([]);
    expect(await waits(api)).toEqual([pulse.sourceId]);
  });
});
