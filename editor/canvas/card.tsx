import { Tooltip } from "@mantine/core";
import { IconAlertTriangleFilled, IconPencil } from "@tabler/icons-react";
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
  const { type, ports, hasInput, problems, isUnfinished, step, failure } = data;
  const isBroken = problems.length > 0 && !isUnfinished;
  const state = step ? { "data-state": step.state, "data-tone": stateLooks[step.state].tone } : {};
  return (
    <div className="lw-node" data-type={type} data-selected={selected} data-broken={isBroken} {...state}>
      {hasInput && <Handle type="target" position={Position.Left} className="lw-port" />}
      <Head data={data} />
      {step && <StepState step={step} />}
      <Ports ports={ports} />
      {failure && <FailurePort port={failure} />}
    </div>
  );
}

function Head({ data: { type, words, problems, isUnfinished } }: { readonly data: Card }) {
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
      {problems.length > 0 && <Problems problems={problems} isUnfinished={isUnfinished} />}
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

/** What is missing is counted from the start; it is called a problem once its author has been there. */
function Problems({ problems, isUnfinished }: Pick<Card, "problems" | "isUnfinished">) {
  const { t } = useTranslation();
  const count = problems.length;
  const label = t(isUnfinished ? "canvas.toFillIn" : "canvas.problems", { count });
  const Mark = isUnfinished ? IconPencil : IconAlertTriangleFilled;
  return (
    <Tooltip label={isUnfinished ? label : problems.join(" ")}>
      <span className="lw-node-problems" data-unfinished={isUnfinished} role="img" aria-label={label}>
        <Mark size={13} />
        {count}
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
