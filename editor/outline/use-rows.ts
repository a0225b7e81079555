import { useMemo } from "react";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { useCardProblems } from "../canvas/use-card-problems.js";
import type { NodeWords } from "../canvas/projection.js";
import { useDescribe } from "../flow/describe.js";
import { useFlow } from "../flow/store-context.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { placed, rowsOf } from "./rows.js";
import type { Placed } from "./rows.js";

/** A row with its words, in the reader's language. */
export interface SaidRow extends Placed {
  /** The way out by which it is reached, where that is named. */
  readonly way: string | null;
  readonly title: string;
  readonly sentence: string;
  readonly mark: string;
  readonly isOff: boolean;
  readonly comment: string | null;
  readonly problems: number;
  readonly isUnfinished: boolean;
}

interface Said {
  readonly words: ReadonlyMap<string, NodeWords>;
  readonly nodes: ReadonlyMap<string, DraftNode>;
  readonly told: ReturnType<typeof useCardProblems>;
}

const noWords = { title: "", sentence: "", mark: "" };

/** The name of the way out by which a row is reached, where it has one. */
function wayOf({ by, isBranch }: Placed, words: Said["words"]): string | null {
  if (!by || !isBranch) return null;
  return words.get(by.from)?.ports.find(({ name }) => name === by.output)?.label ?? null;
}

function sayRow(row: Placed, { words, nodes, told }: Said): SaidRow {
  const { title, sentence, mark } = words.get(row.nodeId) ?? noWords;
  const node = nodes.get(row.nodeId);
  return {
    ...row,
    way: wayOf(row, words),
    title,
    sentence,
    mark,
    isOff: node?.disabled === true,
    comment: node?.comment ?? null,
    problems: told.problems[row.nodeId]?.length ?? 0,
    isUnfinished: told.unfinished.has(row.nodeId),
  };
}

export function useRows(problems: readonly FlowProblem[]): readonly SaidRow[] {
  const nodes = useFlow(({ draft }) => draft.nodes);
  const edges = useFlow(({ draft }) => draft.edges);
  const describe = useDescribe();
  const told = useCardProblems(problems, nodes);
  return useMemo(() => {
    const said: Said = {
      words: new Map(nodes.map((node) => [node.id, describe(node)])),
      nodes: new Map(nodes.map((node) => [node.id, node])),
      told,
    };
    return placed(rowsOf({ nodes, edges })).map((row) => sayRow(row, said));
  }, [nodes, edges, describe, told]);
}
