import { useReactFlow } from "@xyflow/react";
import type { Connection, FinalConnectionState, OnConnectStart } from "@xyflow/react";
import { useMemo } from "react";
import type { Edge } from "../../workflows/flow/schema.js";
import { connectNodes, refuseEdge } from "../flow/edit.js";
import { refusalsFrom } from "../flow/refusals.js";
import { useFlowStore } from "../flow/store-context.js";
import { useBenchStore } from "./bench.js";
import { pointOf } from "./point-of.js";
import type { WayEdge } from "./projection.js";

const edgeOf = (connection: Connection | WayEdge): Edge => ({
  from: connection.source,
  output: connection.sourceHandle ?? "next",
  to: connection.target,
});

/** Gestures that change the document. The same functions as long as the flow is open: with new ones every card would be drawn again. */
export function useGestures() {
  const store = useFlowStore();
  const bench = useBenchStore();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
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
      const { nodeId: from, id: output } = fromHandle;
      const at = screenToFlowPosition({ x, y });
      bench.setState({ adding: { kind: "output", from, output: output ?? "next", at } });
    };
    return { isValidConnection, onConnect, onConnectStart, onConnectEnd };
  }, [store, bench, screenToFlowPosition]);
}
