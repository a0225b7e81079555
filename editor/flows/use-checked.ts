import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { queries } from "../api/queries.js";
import { useFlow } from "../flow/store-context.js";
import type { Checked } from "../inspector/inspector.js";

const nothing: Checked = { problems: [], warnings: [] };

/** The server's judgement of the last saved draft; what was deleted since takes its problems with it. */
export function useChecked(flowId: string, revision: number, enabled: boolean): Checked {
  const { data = nothing } = useQuery({
    ...queries.check(flowId, revision),
    enabled,
    placeholderData: keepPreviousData,
  });
  const nodes = useFlow(({ draft }) => draft.nodes);
  const isThere = ({ nodeId }: { nodeId: string | null }) => nodeId === null || nodes.some(({ id }) => id === nodeId);
  return { problems: data.problems.filter(isThere), warnings: data.warnings.filter(isThere) };
}
