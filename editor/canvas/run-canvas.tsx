import { Panel } from "@xyflow/react";
import { useMemo } from "react";
import type { RunDetail, StepView } from "../../server/runs/run-api.js";
import { useDescribe } from "../flow/describe.js";
import { heldOf } from "../runs/held.js";
import { sentConfig } from "../runs/sent-config.js";
import { ZoomTools } from "./canvas-tools.js";
import { LookingCanvas } from "./looking-canvas.js";
import { toCanvasEdges, toCanvasNodes } from "./projection.js";

const noProblems = { problems: {}, unfinished: new Set<string>() };

interface Props {
  readonly run: RunDetail;
  readonly selected: string;
  readonly onSelect: (nodeId: string) => void;
}

/** The flow as this run went through it: each step with its state, the taken way strong. */
export function RunCanvas({ run, selected, onSelect }: Props) {
  const describe = useDescribe();
  const { nodes, edges } = useMemo(() => {
    const steps = Object.fromEntries(run.steps.map((step) => [step.nodeId, shown(step, run)]));
    const sent = new Map(run.nodes.map((node) => [node.id, sentConfig(run, node)]));
    return {
      nodes: toCanvasNodes(run, { describe: (node) => describe(node, sent.get(node.id)), ...noProblems, steps }),
      edges: toCanvasEdges(run, steps, null),
    };
  }, [run, describe]);
  return (
    <div className="lw-canvas lw-run-canvas">
      <LookingCanvas {...{ nodes, edges, selected, onSelect }}>
        <Panel position="bottom-left">
          <ZoomTools />
        </Panel>
      </LookingCanvas>
    </div>
  );
}

const shown = (step: StepView, run: RunDetail): StepView => (heldOf(run, step) ? { ...step, state: "waiting" } : step);
