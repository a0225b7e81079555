import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ReactFlowProvider } from "@xyflow/react";
import { useMemo, useState } from "react";
import type { RunDetail } from "../../server/runs/run-api.js";
import { queries } from "../api/queries.js";
import { RunCanvas } from "../canvas/run-canvas.js";
import { Delayed, Loaded } from "../ui/loading.js";
import { EventPanel } from "./event-panel.js";
import { FactList } from "./fact-list.js";
import { canGoBack, runAt } from "./moment.js";
import { RunHeader } from "./run-header.js";
import { RunHints, firstStuck } from "./run-hints.js";
import { StepPanel } from "./step-panel.js";
import { Timeline } from "./timeline.js";
import "../ui/bench.css";
import "../inspector/inspector.css";
import "./runs.css";

export function RunPage() {
  const { id } = useParams({ from: "/runs/$id" });
  const query = useQuery(queries.run(id));
  return (
    <Loaded
      query={query}
      loading={
        <Delayed>
          <Skeleton height="100%" radius={0} />
        </Delayed>
      }
    >
      {(run) => <Run key={run.id} run={run} />}
    </Loaded>
  );
}

function Run({ run }: { readonly run: RunDetail }) {
  const navigate = useNavigate();
  const asked = useSearch({ from: "/runs/$id" }).step;
  // What the reader asked for; else what needs someone; else what was said.
  const step = asked ?? firstStuck(run) ?? "";
  const [asOf, setMoment] = useState<number | null>(null);
  const foldable = useMemo(() => canGoBack(run), [run]);
  const moment = foldable ? asOf : null;
  const shown = useMemo(() => (moment === null ? run : runAt(run, moment)), [run, moment]);
  const choose = (next: string) =>
    void navigate({ to: "/runs/$id", params: { id: run.id }, search: { step: next }, replace: true });
  return (
    <div className="lw-run">
      <RunHeader run={run} />
      <RunHints run={run} />
      <div className="lw-bench">
        <div className="lw-run-main">
          <ReactFlowProvider>
            <RunCanvas run={shown} selected={step} onSelect={choose} />
          </ReactFlowProvider>
          {foldable && <Timeline run={run} moment={moment} onMoment={setMoment} />}
          <FactList run={run} moment={moment} onSelect={choose} />
        </div>
        {run.nodes.some(({ id }) => id === step) ? (
          <StepPanel key={step} run={shown} nodeId={step} isPast={moment !== null} onClose={() => choose("")} />
        ) : (
          <EventPanel run={run} />
        )}
      </div>
    </div>
  );
}
