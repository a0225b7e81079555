import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useMemo, useRef, useState } from "react";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import type { DrawnVersionView } from "../../server/flows/version-api.js";
import { emptyDraft } from "../../workflows/flow/draft.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { queries } from "../api/queries.js";
import { Delayed, Loaded } from "../ui/loading.js";
import { compare } from "./compared.js";
import { VersionCanvas } from "./version-canvas.js";
import { VersionPanel } from "./version-panel.js";

interface Props {
  readonly flow: FlowDetail;
  readonly versionId: string;
  /** Of the first version undefined. */
  readonly beforeId: string | undefined;
}

/** One version on the canvas, beside the one before it or the draft. */
export function ShownVersion({ flow, versionId, beforeId }: Props) {
  const version = useQuery(queries.version(flow.id, versionId));
  const before = useBefore(flow.id, beforeId);
  // Without it steps and fields have no names; where it cannot be read they go without.
  const isNameless = useQuery(queries.catalogue()).isPending;
  if (isNameless) return <Waiting />;
  return (
    <Loaded query={version} loading={<Waiting />}>
      {(shown) => (
        <Loaded query={before} loading={<Waiting />}>
          {({ drawn }) => (
            <ReactFlowProvider>
              <Shown flow={flow} version={shown} before={drawn} />
            </ReactFlowProvider>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** Before the first version there was nothing. */
function useBefore(flowId: string, beforeId: string | undefined) {
  const before = useQuery({ ...queries.version(flowId, beforeId ?? ""), enabled: beforeId !== undefined });
  return { ...before, data: beforeId === undefined ? { drawn: emptyDraft() } : before.data };
}

function Waiting() {
  return (
    <Delayed>
      <Skeleton height="100%" radius={0} />
    </Delayed>
  );
}

interface Read {
  readonly flow: FlowDetail;
  readonly version: DrawnVersionView;
  readonly before: FlowDraft;
}

const SHOWN_AT = { maxZoom: 1, padding: 2, duration: 250 };

function Shown({ flow, version, before }: Read) {
  const { against = "before" } = useSearch({ from: "/flows/$id/versions" });
  const navigate = useNavigate({ from: "/flows/$id/versions" });
  const { fitView } = useReactFlow();
  const [selected, setSelected] = useState("");
  const compared = useMemo(
    () => (against === "draft" ? compare(version.drawn, flow.draft) : compare(before, version.drawn)),
    [against, before, version, flow],
  );
  const canvas = useRef<HTMLDivElement>(null);
  const choose = (id: string) => {
    setSelected(id);
    // Where there is no room beside the list the canvas may be scrolled away.
    canvas.current?.scrollIntoView({ block: "nearest" });
    void fitView({ nodes: [{ id }], ...SHOWN_AT });
  };
  return (
    <>
      <VersionCanvas ref={canvas} key={against} compared={compared} selected={selected} onSelect={setSelected} />
      <VersionPanel
        flowId={flow.id}
        version={version}
        against={against}
        compared={compared}
        onAgainst={(next) => void navigate({ search: (now) => ({ ...now, against: next }), replace: true })}
        onChoose={choose}
      />
    </>
  );
}
