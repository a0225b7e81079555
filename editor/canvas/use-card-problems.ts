import { useMemo } from "react";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { isAwaited } from "../flow/left-fields.js";
import { useProblemWords } from "../flow/problem-words.js";
import { useFlow } from "../flow/store-context.js";

function groupByNode(problems: readonly FlowProblem[]): ReadonlyMap<string, readonly FlowProblem[]> {
  const byNode = new Map<string, FlowProblem[]>();
  for (const problem of problems) {
    const { nodeId } = problem;
    if (nodeId !== null) byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), problem]);
  }
  return byNode;
}

/** What each card says is wrong or missing, and the cards that only wait to be filled in. */
export function useCardProblems(problems: readonly FlowProblem[], nodes: readonly DraftNode[]) {
  const seen = useFlow((state) => state.seen);
  const word = useProblemWords();
  return useMemo(() => {
    const byNode = [...groupByNode(problems)];
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const isUnfinished = ([id, own]: readonly [string, readonly FlowProblem[]]) =>
      own.every((problem) => isAwaited(problem, byId.get(id), seen));
    return {
      problems: Object.fromEntries(byNode.map(([id, own]) => [id, own.map(word)])),
      unfinished: new Set(byNode.filter(isUnfinished).map(([id]) => id)),
    };
  }, [problems, nodes, seen, word]);
}
