import type { RunDetail, RunSummary } from "../../server/runs/run-api.js";
import { asText } from "../ui/read.js";

/** What the flow's key made of a run: it waits, was passed over, or gave way. `runId` is the other run. */
export type Turn =
  | {
      readonly kind: "waits";
      readonly runId: string;
      readonly by: "contact" | "account" | "expression";
      readonly ahead: number;
    }
  | { readonly kind: "passedOver" | "replaced"; readonly runId: string };

type Told = Pick<RunSummary, "waitsFor"> & {
  readonly facts: readonly Pick<RunDetail["facts"][number], "kind" | "data">[];
};

/** Null where nothing of the kind happened. */
export function turnOf({ waitsFor, facts }: Told): Turn | null {
  if (waitsFor) return { kind: "waits", ...waitsFor };
  for (const { kind, data } of facts) {
    const older = asText(data["runId"]);
    if (kind === "passedOver" && older !== "") return { kind: "passedOver", runId: older };
    const newer = asText(data["replacedBy"]);
    if (kind === "cancelled" && newer !== "") return { kind: "replaced", runId: newer };
  }
  return null;
}
