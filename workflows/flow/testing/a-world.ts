import type { FlowContext } from "../catalogue.js";
import type { World } from "../evaluate.js";
import { aCatalogue } from "./a-catalogue.js";

export const aContext = (rest: Partial<FlowContext> = {}): FlowContext => ({
  feedback: {
    id: "response-1",
    score: 3,
    metric: "nps",
    category: "detractor",
    comment: "The export fails.",
    language: "en",
    source: "Survey",
    sourceId: "survey",
    domain: "customer",
    product: "App",
    occurredAt: "2026-03-02T08:00:00.000Z",
  },
  contact: { name: "Ada", email: "ada@example.com", phone: "+33 6 12 34 56 78", externalId: "c-1" },
  account: { name: "Acme", externalId: "a-1", tier: "key", region: "EU", annualRevenue: 80_000 },
  run: { id: "run-1", url: "http://127.0.0.1/runs/run-1" },
  ...rest,
});

const HOUR = 3_600_000;

/** Its ids count up, its clock stands still, and its local time comes an hour later. */
export function aWorld(rest: Partial<World> = {}): World {
  let ids = 0;
  return {
    context: aContext(),
    now: new Date("2026-03-02T09:00:00.000Z"),
    zones: { nextLocalTime: (from) => new Date(from.getTime() + HOUR) },
    catalogue: aCatalogue(),
    chance: () => 0,
    newId: () => `id-${(ids += 1)}`,
    ...rest,
  };
}
