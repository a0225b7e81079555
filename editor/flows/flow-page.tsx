import { Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { ReactFlowProvider } from "@xyflow/react";
import { lazy, Suspense, useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import type { Presence } from "../../server/presence/presence-api.js";
import { queries } from "../api/queries.js";
import { BenchProvider, createBench } from "../canvas/bench.js";
import { Drawing } from "../canvas/drawing.js";
import { useEditorCommands } from "../canvas/offered.js";
import { useEditorKeys } from "../canvas/editor-keys.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { createKeptDrafts, openingOf } from "../flow/kept-drafts.js";
import type { KeptDrafts } from "../flow/kept-drafts.js";
import { Inspector } from "../inspector/inspector.js";
import { Palette } from "../palette/palette.js";
import { WithPreview } from "../preview/with-preview.js";
import { LookingOnProvider, useMayEdit } from "../presence/looking-on.js";
import { isHeldElsewhere } from "../presence/pen-line-of.js";
import { PenLine } from "../presence/pen-line.js";
import { newTabId } from "../presence/tab-id.js";
import { useLeaving } from "../presence/use-leaving.js";
import { usePen } from "../presence/use-pen.js";
import { usePresence } from "../presence/use-presence.js";
import type { Here } from "../presence/use-presence.js";
import { Beside } from "../try/beside.js";
import { TryStrip } from "../try/try-strip.js";
import { useTrying } from "../try/trying.js";
import { Delayed, Loaded } from "../ui/loading.js";
import { useRestored } from "../versions/restoring.js";
import { forgetFlow } from "./ask-ahead.js";
import { ConflictDialog } from "./conflict-dialog.js";
import { FlowHeader } from "./flow-header.js";
import { useChecked } from "./use-checked.js";
import { useAutosave } from "./use-autosave.js";
import type { Saving } from "./use-autosave.js";
import { useTellUnread } from "./tell-unread.js";
import "../ui/bench.css";
import "../inspector/inspector.css";
import "../rule-line/rule-line.css";
import "./flow-page.css";

/** Reading lines is a third of the page's script: the canvas stands before it. */
const RuleBar = lazy(async () => ({ default: (await import("../rule-line/rule-bar.js")).RuleBar }));

export function FlowPage() {
  const { id } = useParams({ from: "/flows/$id" });
  return <OpenFlow key={id} flowId={id} />;
}

function OpenFlow({ flowId }: { readonly flowId: string }) {
  const [here] = useState<Here>(() => ({ flowId, tabId: newTabId() }));
  // The document in hand is the truth once it is open, so it is always read afresh when opening.
  const query = useQuery({ ...queries.flow(flowId), gcTime: 0, staleTime: Infinity });
  const queryClient = useQueryClient();
  useEffect(() => () => forgetFlow(queryClient, flowId), [queryClient, flowId]);
  const presence = usePresence(here);
  return (
    <Loaded query={query} loading={<EditorSkeleton />}>
      {(flow) => (presence.isPending ? <EditorSkeleton /> : <FlowEditor flow={flow} here={here} presence={presence} />)}
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

/** As high as the line with what is said below it. */
const RuleBarSkeleton = () => (
  <div className="lw-rule-bar">
    <Skeleton height={62} />
  </div>
);

interface EditorProps {
  readonly flow: FlowDetail;
  readonly here: Here;
  readonly presence: Pick<ReturnType<typeof usePresence>, "data" | "dataUpdatedAt">;
}

function FlowEditor({ flow, here, presence }: EditorProps) {
  const [kept] = useState(() => createKeptDrafts(localStorage, here));
  const [{ draft, revision, isUnsaved }] = useState(() => {
    // What is kept is no matter until the pen is free.
    const left = isHeldElsewhere(presence.data?.pen) ? null : kept.takeUp();
    const opening = openingOf(left, flow);
    if (left && !opening.isUnsaved) kept.forget();
    return opening;
  });
  const [store] = useState(() => createFlowStore(draft));
  const [bench] = useState(createBench);
  useTellUnread(kept);
  return (
    <FlowStoreProvider value={store}>
      <ReactFlowProvider>
        <BenchProvider value={bench}>
          <HeldFlow {...{ flow, here, kept, presence, revision, isUnsaved }} />
        </BenchProvider>
      </ReactFlowProvider>
    </FlowStoreProvider>
  );
}

interface HeldProps extends EditorProps {
  readonly kept: KeptDrafts;
  readonly revision: number;
  readonly isUnsaved: boolean;
}

function HeldFlow({ flow, here, kept, presence: { data: presence, dataUpdatedAt: saidAt }, ...opened }: HeldProps) {
  const saving = useAutosave({ here, kept, ...opened });
  const penHere = usePen({ here, kept, saving, presence, saidAt });
  useLeaving(here, saving);
  useRestored(flow.id, penHere.isLookingOn);
  return (
    <LookingOnProvider value={penHere.isLookingOn}>
      <Workbench
        {...{ flow, saving }}
        others={presence?.others ?? []}
        penLine={<PenLine here={here} pen={presence?.pen} penHere={penHere} />}
      />
    </LookingOnProvider>
  );
}

interface WorkbenchProps {
  readonly flow: FlowDetail;
  readonly saving: Saving;
  readonly others: Presence["others"];
  readonly penLine: ReactNode;
}

function Workbench({ flow, saving, others, penLine }: WorkbenchProps) {
  const mayEdit = useMayEdit();
  const checked = useChecked(flow.id, saving.revision, mayEdit);
  const trying = useTrying(flow.id, saving.autosave);
  useEditorKeys(mayEdit);
  useEditorCommands();
  return (
    <div className="lw-workbench">
      <FlowHeader flow={flow} saving={saving} checked={checked} others={others} />
      {penLine}
      <Suspense fallback={mayEdit && <RuleBarSkeleton />}>
        <RuleBar mayEdit={mayEdit} />
      </Suspense>
      <div className="lw-bench">
        {mayEdit && <Palette />}
        <Drawing problems={checked.problems} steps={trying.steps} mayEdit={mayEdit} />
        <Beside trying={trying}>
          <WithPreview flowId={flow.id} pins={trying.pins}>
            <Inspector checked={checked} mayEdit={mayEdit} />
          </WithPreview>
        </Beside>
      </div>
      {mayEdit && <TryStrip trying={trying} />}
      {saving.status.kind === "conflict" && <ConflictDialog flowId={flow.id} saving={saving} />}
    </div>
  );
}
