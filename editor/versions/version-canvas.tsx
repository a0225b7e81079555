import { Panel } from "@xyflow/react";
import { useMemo } from "react";
import type { Ref } from "react";
import { ZoomTools } from "../canvas/canvas-tools.js";
import { LookingCanvas } from "../canvas/looking-canvas.js";
import { toCanvasEdges, toCanvasNodes } from "../canvas/projection.js";
import { useDescribe } from "../flow/describe.js";
import { ChangedCard } from "./changed-card.js";
import type { Compared } from "./compared.js";

const nodeTypes = { card: ChangedCard };
const plain = { problems: {}, unfinished: new Set<string>(), steps: {} };

interface Props {
  readonly compared: Compared;
  readonly selected: string;
  readonly onSelect: (nodeId: string) => void;
  readonly ref: Ref<HTMLDivElement>;
}

/** Two drawn flows in one picture: added, removed and changed steps and ways are marked. */
export function VersionCanvas({ compared, selected, onSelect, ref }: Props) {
  const describe = useDescribe();
  const { nodes, edges } = useMemo(() => {
    const { both, steps, ways } = compared;
    return {
      nodes: toCanvasNodes(both, { describe, ...plain }).map((node) => ({
        ...node,
        data: { ...node.data, change: steps.get(node.id) },
      })),
      edges: toCanvasEdges(both, {}, null).map((edge) => ({
        ...edge,
        className: `lw-changed-way-${ways.get(edge.id) ?? "not"}`,
      })),
    };
  }, [compared, describe]);
  return (
    <div ref={ref} className="lw-canvas lw-run-canvas">
      <LookingCanvas {...{ nodes, edges, nodeTypes, selected, onSelect }}>
        <Panel position="bottom-left">
          <ZoomTools />
        </Panel>
      </LookingCanvas>
    </div>
  );
}
