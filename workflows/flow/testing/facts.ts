import { SEMANTICS, type Fact, type FactData, type FactKind, type NewFact } from "../facts.js";

const AT = "2026-03-02T09:00:00.000Z";

/** A list of facts as the ledger keeps it: numbered from 1. */
export const factList = (...facts: readonly NewFact[]): Fact[] =>
  facts.map((fact, index) => ({ ...fact, seq: index + 1, at: AT }));

type Sealed = Readonly<Record<string, unknown>>;

/** `data` is checked against `kind`; the union of facts cannot see that the two belong together. */
export const aFact = <Kind extends FactKind>(
  kind: Kind,
  nodeId: string | null,
  data: FactData<Kind>,
  sealed?: Sealed,
): NewFact => ({ kind, nodeId, data, ...(sealed && { sealed }) }) as NewFact;

export const started = aFact("started", null, { semantics: SEMANTICS, responseId: "response", revisionId: "revision" });
export const cancelled = aFact("cancelled", null, { by: "ann" });

type Planned = FactData<"planned">;
type Settled = FactData<"settled">;

const effectOf = (nodeId: string, slot: string, iteration: number) => `${nodeId}-${slot}-${iteration}`;

export function planned(nodeId: string, { slot = "main", iteration = 0, ...rest }: Partial<Planned> = {}): NewFact {
  const effectId = effectOf(nodeId, slot, iteration);
  const data = { slot, iteration, effectId, action: "slack.postMessage@1", retryUntil: AT, closing: false, ...rest };
  return aFact("planned", nodeId, data);
}

export function settled(
  nodeId: string,
  state: Settled["state"] = "done",
  { slot = "main", iteration = 0, ...rest }: Partial<Settled> = {},
  sealed?: Sealed,
): NewFact {
  const effectId = effectOf(nodeId, slot, iteration);
  const nothing = { code: null, externalId: null, url: null, output: {} };
  return aFact("settled", nodeId, { slot, iteration, effectId, state, ...nothing, ...rest }, sealed);
}

export const reopened = (nodeId: string): NewFact =>
  aFact("reopened", nodeId, {
    slot: "main",
    iteration: 0,
    effectId: effectOf(nodeId, "main", 0),
    retryUntil: AT,
    by: "ann",
  });

export const done = (nodeId: string): NewFact[] => [planned(nodeId), settled(nodeId)];
export const failed = (nodeId: string, code = "rejected"): NewFact[] => [
  planned(nodeId),
  settled(nodeId, "failed", { code }),
];
