import { Handle } from "@xyflow/react";
import type { Position } from "@xyflow/react";
import { useBench } from "./bench.js";

/** What React Flow calls a canvas that was given no name. */
const CANVAS = "1";

interface Props {
  readonly nodeId: string;
  /** Of a way out; a way in has none. */
  readonly name?: string | undefined;
  readonly type: "source" | "target";
  readonly position: Position;
}

/** As React Flow names it within a canvas. */
export const portKey = ({ nodeId, name, type }: Pick<Props, "nodeId" | "name" | "type">): string =>
  `${nodeId}-${name ?? "null"}-${type}`;

interface PortProps extends Props {
  readonly isLive: boolean;
}

/** Where ways begin or end. Of five hundred cards nobody points at, each only looks like it, and costs nothing when the canvas moves. */
export function Port({ isLive, ...port }: PortProps) {
  if (!isLive) return <Picture {...port} />;
  const { name, type, position } = port;
  return <Handle type={type} position={position} className="lw-port" {...(name !== undefined && { id: name })} />;
}

const CAN = "connectable connectablestart connectableend connectionindicator";

/** As `Handle` draws it, to be measured, and to be aimed at from another card. */
function Picture(port: Props) {
  const { nodeId, name, type, position } = port;
  const key = portKey(port);
  const isAimedAt = useBench(({ aimedAt }) => aimedAt === key);
  const aimed = isAimedAt ? " connectingto valid" : "";
  return (
    <div
      className={`react-flow__handle react-flow__handle-${position} nodrag nopan lw-port ${type} ${CAN}${aimed}`}
      data-handleid={name}
      data-nodeid={nodeId}
      data-handlepos={position}
      data-id={`${CANVAS}-${key}`}
    />
  );
}
