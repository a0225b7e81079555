import { useReactFlow } from "@xyflow/react";
import type { Connection, FinalConnectionState, OnConnectStart } from "@xyflow/react";
import type { MouseEvent as PointerPress } from "react";
import type { Edge } from "../../workflows/flow/schema.js";
import { connectNodes, refuseEdge } from "../flow/edit.js";
import { refusalsFrom } from "../flow/refusals.js";
import { useFlowStore } from "../flow/store-context.js";
import { useBenchStore } from "./bench.js";
import type { BenchNode } from "./frames.js";
import type { WayEdge } from "./projection.js";

const edgeOf = (connection: Connection | WayEdge): Edge => ({
  from: connection.source,
  output: connection.sourceHandle ?? "next",
  to: connection.target,
});

const NOWHERE = { clientX: 0, clientY: 0 };
const pointOf = (event: MouseEvent | TouchEvent) =>
  "changedTouches" in event ? (event.changedTouches[0] ?? NOWHERE) : event;

/** Gestures that change the document. */
export function useGestures() {
  const store = useFlowStore();
  const bench = useBenchStore();
  const { screenToFlowPosition } = useReactFlow();
  const { edit } = store.getState();
  const isValidConnection = (connection: Connection | WayEdge) =>
    refuseEdge(store.getState().draft, edgeOf(connection)) === null;
  const onConnect = (connection: Connection) => edit((draft) => connectNodes(draft, edgeOf(connection)));
  /** From here on each card knows whether the line may lead to it. */
  const onConnectStart: OnConnectStart = (_, { nodeId, handleId, handleType }) => {
    if (nodeId === null || handleType !== "source") return;
    bench.setState({ refusals: refusalsFrom(store.getState().draft, { from: nodeId, output: handleId ?? "next" }) });
  };
  /** Let go over nothing: offer what could stand there. */
  const onConnectEnd = (event: MouseEvent | TouchEvent, { isValid, toNode, fromHandle }: FinalConnectionState) => {
    bench.setState({ refusals: null });
    const isOnCard = event.target instanceof Element && event.target.closest(".react-flow__node") !== null;
    if (isValid === true || toNode || isOnCard || fromHandle?.type !== "source") return;
    const { clientX: x, clientY: y } = pointOf(event);
    bench.setState({
      adding: {
        kind: "output",
        from: fromHandle.nodeId,
        output: fromHandle.id ?? "next",
        at: screenToFlowPosition({ x, y }),
      },
    });
  };
  return { isValidConnection, onConnect, onConnectStart, onConnectEnd };
}

/** A press on one of several that are selected selects it alone; the right button on what is not selected selects that first. */
export function usePresses() {
  const store = useFlowStore();
  const bench = useBenchStore();
  const open = (event: PointerPress | MouseEvent, of: readonly string[]) => {
    event.preventDefault();
    bench.setState({ menu: { x: event.clientX, y: event.clientY, of } });
  };
  return {
    onNodeClick: ({ ctrlKey, metaKey, shiftKey }: PointerPress, { id }: BenchNode) => {
      const { selected, select } = store.getState();
      if (selected.length > 1 && selected.includes(id) && !ctrlKey && !metaKey && !shiftKey) select([id]);
    },
    onNodeContextMenu: (event: PointerPress, { id }: BenchNode) => {
      const { selected, select } = store.getState();
      if (!selected.includes(id)) select([id]);
      open(event, store.getState().selected);
    },
    onSelectionContextMenu: (event: PointerPress) => open(event, store.getState().selected),
    onPaneContextMenu: (event: PointerPress | MouseEvent) => open(event, []),
  };
}
