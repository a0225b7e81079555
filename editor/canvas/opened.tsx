import { useEffect } from "react";
import { QuickAdd } from "../palette/quick-add.js";
import { useMayEdit } from "../presence/looking-on.js";
import { useBench, useBenchStore } from "./bench.js";
import { ContextMenu } from "./context-menu.js";
import { FindBar } from "./find-bar.js";
import { PutInto } from "./put-into-dialog.js";

/** What opens above canvas and outline alike; what changes the flow closes when it may not be changed any more. */
export function Opened() {
  const bench = useBenchStore();
  const adding = useBench((state) => state.adding);
  const putting = useBench((state) => state.putting);
  const mayEdit = useMayEdit();
  useEffect(() => {
    if (!mayEdit) bench.setState({ adding: null, putting: null });
  }, [bench, mayEdit]);
  return (
    <>
      <div className="lw-find-at">
        <FindBar />
      </div>
      <ContextMenu />
      {mayEdit && adding && <QuickAdd at={adding} onClose={() => bench.setState({ adding: null })} />}
      {mayEdit && putting !== null && <PutInto nodeId={putting} onClose={() => bench.setState({ putting: null })} />}
    </>
  );
}
