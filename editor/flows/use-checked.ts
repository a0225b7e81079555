import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FourEyes } from "../../server/flows/flow-api.js";
import { queries } from "../api/queries.js";
import { useFlow } from "../flow/store-context.js";
import type { Checked } from "../inspector/inspector.js";

export interface CheckedDraft extends Checked {
  readonly fourEyes: FourEyes;
}

const nothing: CheckedDraft = { problems: [], warnings: [], fourEyes: "off" };

/** The server's judgement of the last saved draft; what was deleted since takes its problems with it. */
export function useChecked(flowId: string, revision: number, enabled: boolean): CheckedDraft {
  const { data = nothing } = useQuery({
    ...queries.check(flowId, revision),
    enabled,
    placeholderData: keepPreviousData,
  });
  // One text, so that what is typed into a step draws nothing else again.
  const there = useFlow(({ draft }) => draft.nodes.map(({ id }) => id).join(" "));
  return useMemo(() => {
    const ids = new Set(there.split(" "));
    const isThere = ({ nodeId }: { nodeId: string | null }) => nodeId === null || ids.has(nodeId);
    return { ...data, problems: data.problems.filter(isThere), warnings: data.warnings.filter(isThere) };
  }, [data, there]);
}
