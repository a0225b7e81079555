import { Tooltip } from "@mantine/core";
import { IconAlertTriangleFilled } from "@tabler/icons-react";
import { Handle, Position } from "@xyflow/react";
import type { NodeProps } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import type { StepView } from "../../server/runs/run-api.js";
import { StateMark, stateLooks } from "../ui/state-mark.js";
import { SystemMark } from "../ui/system-mark.js";
import type { Card, CardNode, Port } from "./projection.js";

/** Conditions and ends say all in one line; what acts has a title and its sentence. */
const slim: ReadonlySet<Card["type"]> = new Set(["condition", "join", "split", "end", "stop", "wait"]);

/** What these say decides what happens, so nearly all of it is shown. */
const deciding: ReadonlySet<Card["type"]> = new Set(["trigger", "condition", "switch"]);

export function CardView({ data, selected }: NodeProps<CardNode>) {
  const { type, ports, hasInput, problems, step, failure } = data;
  const state = step ? { "data-state": step.state, "data-tone": stateLooks[step.state].tone } : {};
  return (
    <div className="lw-node" data-type={type} data-selected={selected} data-broken={problems.length > 0} {...state}>
      {hasInput && <Handle type="target" position={Position.Left} className="lw-port" />}
      <Head data={data} />
      {step && <StepState step={step} />}
      <Ports ports={ports} />
      {failure && <FailurePort port={failure} />}
    </div>
  );
}

function Head({ data: { type, words, problems } }: { readonly data: Card }) {
  const saysTwice = slim.has(type) && words.sentence === words.title;
  return (
    <div className="lw-node-head">
      <SystemMark kind={words.mark} />
      <div className="lw-node-words">
        <div className="lw-node-title lw-clamp-2">{words.title}</div>
        {!saysTwice && (
          <div className="lw-node-sentence" data-whole={deciding.has(type)}>
            {words.sentence}
          </div>
        )}
      </div>
      {problems.length > 0 && <Problems problems={problems} />}
    </div>
  );
}

/** One way out needs no name; several have each theirs. */
function Ports({ ports }: { readonly ports: readonly Port[] }) {
  const [only, ...others] = ports;
  if (!only) return null;
  if (others.length === 0) {
    return <Handle type="source" position={Position.Right} id={only.name} className="lw-port" />;
  }
  return (
    <div className="lw-node-ports">
      {ports.map((port) => (
        <LabelledPort key={port.name} port={port} />
      ))}
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

/** An approval posts its card and updates it; everything else goes out once. */
const usualTries = ({ type }: StepView) => (type === "approval" ? 2 : 1);

function StepState({ step }: { readonly step: StepView }) {
  const { t } = useTranslation();
  if (step.state === "pending" || step.state === "dead") return null;
  const doubt = step.stuck?.inDoubt === true;
  return (
    <div className="lw-node-state">
      <StateMark state={doubt ? "ambiguous" : step.state} plain />
      {step.attempts > usualTries(step) && (
        <span className="lw-node-attempts">{t("canvas.attempts", { count: step.attempts })}</span>
      )}
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
