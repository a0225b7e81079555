import { QuickAdd } from "../palette/quick-add.js";
import { useBench, useBenchStore } from "./bench.js";
import { ContextMenu } from "./context-menu.js";

/** What opens above canvas and outline alike. */
export function Opened() {
  const bench = useBenchStore();
  const adding = useBench((state) => state.adding);
  return (
    <>
      <ContextMenu />
      {adding && <QuickAdd at={adding} onClose={() => bench.setState({ adding: null })} />}
    </>
  );
}
