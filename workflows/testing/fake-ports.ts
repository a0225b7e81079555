import { aCatalogue } from "../flow/testing/a-catalogue.js";
import { aFlow, aNode } from "../flow/testing/a-flow.js";
import { aContext } from "../flow/testing/a-world.js";
import type { PublishedFlow } from "../flow/schema.js";
import type { ExecutionPorts, Incident, OpenedConnection } from "../ports.js";
import { createFakeSealer } from "./fake-sealer.js";

export interface FakeFeatures {
  readonly flow?: PublishedFlow;
  /** What people were told of is added here. */
  readonly incidents?: Incident[];
  /** By run; without one an event is as old as its run's row. */
  readonly eventTimes?: ReadonlyMap<string, Date>;
}

const noNetwork: OpenedConnection = {
  id: "none",
  config: {},
  secret: {},
  http: { send: () => Promise.reject(new Error("no network here")), close: () => Promise.resolve() },
  refused: () => Promise.resolve(),
};

/** Features that hold nothing: one flow, one event, no connections, and approvals that nobody decides. */
export function createFakePorts({
  flow = aFlow([aNode("end", "over")], "start > over"),
  incidents = [],
  eventTimes = new Map(),
}: FakeFeatures = {}): ExecutionPorts {
  return {
    sealer: createFakeSealer(),
    catalogue: aCatalogue(),
    publishedFlow: () => Promise.resolve(flow),
    loadContexts: (_reader, runs) =>
      Promise.resolve(runs.map(({ id }) => aContext({ run: { id, url: `http://127.0.0.1/runs/${id}` } }))),
    eventTime: (_reader, { id }) => Promise.resolve(eventTimes.get(id) ?? null),
    openApproval: () => Promise.resolve(),
    expireApproval: () => Promise.resolve(true),
    withdrawApprovals: () => Promise.resolve(),
    connectionBriefs: () => Promise.resolve([]),
    async openConnections(reader, ids) {
      const briefs = await this.connectionBriefs(
        reader,
        ids.filter((id) => id !== null),
      );
      const held = (wanted: string): boolean => briefs.find(({ id }) => id === wanted)?.state !== "ok";
      return ids.map((id) => (id !== null && held(id) ? null : noNetwork));
    },
    incident: (_tx, incident) => Promise.resolve(void incidents.push(incident)),
    wake: () => undefined,
    changed: () => undefined,
  };
}
