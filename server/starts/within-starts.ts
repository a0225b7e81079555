import { forbidden } from "../errors.js";
import type { Actor } from "../http/route.js";

/**
 * A run of a start is seen by who sees all sources and no certain rows only, as what starts it is of no source that a team or a token
 * names. Whoever would not see it does not start it: it could act on anybody.
 */
export function refuseOutOfReach({ scope }: Actor, flowId: string): void {
  const sees = scope?.reach?.some(
    ({ things, rows }) => rows.length === 0 && things.source === null && (things.flow?.includes(flowId) ?? true),
  );
  if (sees === false)
    throw forbidden("You see certain sources or rows only, and a run that you start is none of them. Ask an admin.");
}
