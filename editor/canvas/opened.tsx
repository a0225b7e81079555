import { QuickAdd } from "../palette/quick-add.js";
import { useBench, useBenchStore } from "./bench.js";
import { ContextMenu } from "./context-menu.js";
import { FindBar } from "./find-bar.js";
import { PutInto } from "./put-into-dialog.js";

/** What opens above canvas and outline alike. */
export function Opened() {
  const bench = useBenchStore();
  const adding = useBench((state) => state.adding);
  const putting = useBench((state) => state.putting);
  return (
    <>
      <div className="lw-find-at">
        <FindBar />
      </div>
      <ContextMenu />
      {adding && <QuickAdd at={adding} onClose={() => bench.setState({ adding: null })} />}
      {putting !== null && <PutInto nodeId={putting} onClose={() => bench.setState({ putting: null })} />}
    </>
  );
}
