import { Tooltip } from "@mantine/core";
import { IconAlertTriangleFilled, IconMessageDots, IconPencil, IconPower } from "@tabler/icons-react";
import { Handle, Position } from "@xyflow/react";
import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { StepView } from "../../server/runs/run-api.js";
import type { Refusal } from "../flow/edit.js";
import { StateMark, stateLooks } from "../ui/state-mark.js";
import { SystemMark } from "../ui/system-mark.js";
import { useBench } from "./bench.js";
import type { Card, CardNode, Port } from "./projection.js";

/** Conditions and ends say all in one line; what acts has a title and its sentence. */
const slim: ReadonlySet<Card["type"]> = new Set(["condition", "join", "split", "end", "stop", "wait"]);

/** What these say decides what happens, so nearly all of it is shown. */
const deciding: ReadonlySet<Card["type"]> = new Set(["trigger", "condition", "switch"]);

/** Drawn again only when something of it changed: a flow may have five hundred. */
export const CardView = memo(function CardView({ id, data, selected }: NodeProps<CardNode>) {
  const { type, ports, hasInput, problems, isUnfinished, step, failure, isOff } = data;
  const refusal = useBench(({ refusals }) => refusals?.get(id) ?? null);
  const isBroken = problems.length > 0 && !isUnfinished;
  const state = step ? { "data-state": step.state, "data-tone": stateLooks[step.state].tone } : {};
  return (
    <div
      className="lw-node"
      data-type={type}
      data-selected={selected}
      data-broken={isBroken}
      data-off={isOff}
      data-refused={refusal !== null}
      {...state}
    >
      {hasInput && <Handle type="target" position={Position.Left} className="lw-port" />}
      <Head data={data} />
      {step && <StepState step={step} />}
      <Ports ports={ports} />
      {failure && <FailurePort port={failure} />}
      {refusal && <Refused refusal={refusal} />}
    </div>
  );
});

/** Why the line that is being drawn may not lead here. */
function Refused({ refusal }: { readonly refusal: Refusal }) {
  const { t } = useTranslation();
  return <div className="lw-node-refused">{t(`drawing.refusal.${refusal}`)}</div>;
}

/** That a step is off is said by a word; a comment is one press away. */
function Marks({ isOff, comment }: Pick<Card, "isOff" | "comment">) {
  const { t } = useTranslation();
  return (
    <>
      {comment !== null && (
        <Tooltip label={comment} multiline maw={320}>
          <span className="lw-node-comment" role="img" aria-label={t("drawing.commented", { comment })}>
            <IconMessageDots size={15} stroke={1.8} />
          </span>
        </Tooltip>
      )}
      {isOff && (
        <span className="lw-node-off">
          <IconPower size={12} stroke={2} aria-hidden />
          {t("drawing.off")}
        </span>
      )}
    </>
  );
}

function Head({ data: { type, words, problems, isUnfinished, isOff, comment } }: { readonly data: Card }) {
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
      <Marks isOff={isOff} comment={comment} />
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
