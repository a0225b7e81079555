import { useConnection } from "@xyflow/react";
import { useEffect } from "react";
import { useBenchStore } from "./bench.js";

/** While a line is drawn, the card that it would end at shows so. */
export function Aim() {
  const bench = useBenchStore();
  const aimedAt = useConnection(({ toHandle }) => toHandle?.nodeId ?? null);
  useEffect(() => bench.setState({ aimedAt }), [bench, aimedAt]);
  return null;
}
