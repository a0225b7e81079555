import { useConnection } from "@xyflow/react";
import { useEffect } from "react";
import { useBenchStore } from "./bench.js";
import { portKey } from "./port.js";

/** While a line is drawn, the port that it would end at shows so. */
export function Aim() {
  const bench = useBenchStore();
  const aimedAt = useConnection(({ toHandle, isValid }) =>
    toHandle && isValid === true ? portKey({ ...toHandle, name: toHandle.id ?? undefined }) : null,
  );
  useEffect(() => bench.setState({ aimedAt }), [bench, aimedAt]);
  return null;
}
