import { Tooltip } from "@mantine/core";
import { IconAlertTriangleFilled } from "@tabler/icons-react";
import { Handle, Position } from "@xyflow/react";
import type { NodeProps } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { StateMark, stateLooks } from "../ui/state-mark.js";
import { SystemMark } from "../ui/system-mark.js";
import type { Card, CardNode, Port } from "./projection.js";

/** Conditions and ends say all in one line; what acts has a title and its sentence. */
const slim: ReadonlySet<Card["type"]> = new Set(["condition", "join", "split", "end", "stop", "wait"]);

export function CardView({ data, selected }: NodeProps<CardNode>) {
  const { type, words, ports, hasInput, problems, step, failure } = data;
  const state = step ? { "data-state": step.state, "data-tone": stateLooks[step.state].tone } : {};
  const labelled = ports.length > 1;
  return (
    <div className="lw-node" data-type={type} data-selected={selected} data-broken={problems.length > 0} {...state}>
      {hasInput && <Handle type="target" position={Position.Left} className="lw-port" />}
      <div className="lw-node-head">
        <SystemMark kind={words.mark} />
        <div className="lw-node-words">
          <div className="lw-node-title">{words.title}</div>
          {!(slim.has(type) && words.sentence === words.title) && (
            <div className="lw-node-sentence lw-clamp-2">{words.sentence}</div>
          )}
        </div>
        {problems.length > 0 && <Problems problems={problems} />}
      </div>
      {step && step.state !== "pending" && step.state !== "dead" && <StepState data={data} />}
      {labelled && (
        <div className="lw-node-ports">
          {ports.map((port) => (
            <LabelledPort key={port.name} port={port} />
          ))}
        </div>
      )}
      {ports.length === 1 && ports[0] && (
        <Handle type="source" position={Position.Right} id={ports[0].name} className="lw-port" />
      )}
      {failure && <FailurePort port={failure} />}
    </div>
  );
}

function Problems({ problems }: { readonly problems: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={problems.join(" ")}>
      <span className="lw-node-problems" role="img" aria-label={t("canvas.problems", { count: problems.length })}>
        <IconAlertTriangleFilled size={13} />
        {problems.length}
      </span>
    </Tooltip>
  );
}

function StepState({ data: { step } }: { readonly data: Card }) {
  const { t } = useTranslation();
  if (!step) return null;
  const doubt = step.stuck?.inDoubt === true;
  return (
    <div className="lw-node-state">
      <StateMark state={doubt ? "ambiguous" : step.state} plain />
      {step.attempts > 1 && <span className="lw-node-attempts">{t("canvas.attempts", { count: step.attempts })}</span>}
    </div>
  );
}

function LabelledPort({ port }: { readonly port: Port }) {
  return (
    <div className="lw-node-port" data-used={port.isUsed}>
      <span>{port.label}</span>
      <Handle type="source" position={Position.Right} id={port.name} className="lw-port" />
    </div>
  );
}

/** Hangs below the card, so that the card keeps its height when it appears. */
function FailurePort({ port }: { readonly port: Port }) {
  return (
    <div className="lw-node-failure" data-used={port.isUsed}>
      <span>{port.label}</span>
      <Handle type="source" position={Position.Bottom} id={port.name} className="lw-port" />
    </div>
  );
}
