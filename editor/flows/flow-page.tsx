import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { ReactFlowProvider } from "@xyflow/react";
import { useState } from "react";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { BenchProvider, createBench } from "../canvas/bench.js";
import { Drawing } from "../canvas/drawing.js";
import { useEditorCommands } from "../canvas/offered.js";
import { useEditorKeys } from "../canvas/editor-keys.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { openingOf, readKept } from "../flow/kept-drafts.js";
import { Inspector } from "../inspector/inspector.js";
import { Palette } from "../palette/palette.js";
import { WithPreview } from "../preview/with-preview.js";
import { RuleBar } from "../rule-line/rule-bar.js";
import { Beside } from "../try/beside.js";
import { TryStrip } from "../try/try-strip.js";
import { useTrying } from "../try/trying.js";
import { Delayed, Loaded } from "../ui/loading.js";
import { useRestored } from "../versions/restoring.js";
import { ConflictDialog } from "./conflict-dialog.js";
import { FlowHeader } from "./flow-header.js";
import { useChecked } from "./use-checked.js";
import { useAutosave } from "./use-autosave.js";
import "../ui/bench.css";
import "../inspector/inspector.css";
import "./flow-page.css";

export function FlowPage() {
  const { id } = useParams({ from: "/flows/$id" });
  // The document in hand is the truth once it is open, so it is always read afresh when opening.
  const query = useQuery({ ...queries.flow(id), gcTime: 0, staleTime: Infinity });
  return (
    <Loaded query={query} loading={<EditorSkeleton />}>
      {(flow) => <FlowEditor key={flow.id} flow={flow} />}
    </Loaded>
  );
}

function EditorSkeleton() {
  return (
    <Delayed>
      <Skeleton height="100%" radius={0} />
    </Delayed>
  );
}

function FlowEditor({ flow }: { readonly flow: FlowDetail }) {
  const [opening] = useState(() => {
    const kept = readKept(localStorage, flow.id);
    return { kept, state: openingOf(kept, flow) };
  });
  const [store] = useState(() => createFlowStore(opening.state.kind === "server" ? flow.draft : opening.state.draft));
  const [bench] = useState(createBench);
  useRestored(flow.id, store);
  return (
    <FlowStoreProvider value={store}>
      <ReactFlowProvider>
        <BenchProvider value={bench}>
          <Workbench
            flow={flow}
            revision={opening.state.kind === "conflict" ? (opening.kept?.revision ?? 0) : flow.draftRevision}
            isUnsaved={opening.state.kind !== "server"}
          />
        </BenchProvider>
      </ReactFlowProvider>
    </FlowStoreProvider>
  );
}

interface WorkbenchProps {
  readonly flow: FlowDetail;
  readonly revision: number;
  readonly isUnsaved: boolean;
}

function Workbench({ flow, revision, isUnsaved }: WorkbenchProps) {
  const saving = useAutosave({ flowId: flow.id, revision, isUnsaved });
  const mayEdit = useMay()("flows:edit");
  const checked = useChecked(flow.id, saving.revision, mayEdit);
  const trying = useTrying(flow.id, saving.autosave);
  useEditorKeys(mayEdit);
  useEditorCommands();
  return (
    <div className="lw-workbench">
      <FlowHeader flow={flow} saving={saving} checked={checked} />
      <RuleBar mayEdit={mayEdit} />
      <div className="lw-bench">
        {mayEdit && <Palette />}
        <Drawing problems={checked.problems} steps={trying.steps} mayEdit={mayEdit} />
        <Beside trying={trying}>
          <WithPreview flowId={flow.id} pins={trying.pins}>
            <Inspector checked={checked} mayEdit={mayEdit} />
          </WithPreview>
        </Beside>
      </div>
      {mayEdit && <TryStrip flowId={flow.id} trying={trying} />}
      {saving.status.kind === "conflict" && <ConflictDialog flowId={flow.id} saving={saving} />}
    </div>
  );
}
