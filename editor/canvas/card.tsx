import { Tooltip } from "@mantine/core";
import { IconAlertTriangleFilled, IconMessageDots, IconPencil, IconPower } from "@tabler/icons-react";
import { Position } from "@xyflow/react";
import type { NodeProps } from "@xyflow/react";
import { memo, useState } from "react";
import type { PointerEvent, ReactElement } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import type { StepView } from "../../server/runs/run-api.js";
import type { Refusal } from "../flow/edit.js";
import { StateMark, stateLooks } from "../ui/state-mark.js";
import { SystemMark } from "../ui/system-mark.js";
import { useBench, useBenchStore } from "./bench.js";
import { Port } from "./port.js";
import type { Card, CardNode, Port as PortData } from "./projection.js";

/** Conditions and ends say all in one line; what acts has a title and its sentence. */
const slim: ReadonlySet<Card["type"]> = new Set(["condition", "join", "split", "end", "stop", "wait"]);

/** What these say decides what happens, so nearly all of it is shown. */
const deciding: ReadonlySet<Card["type"]> = new Set(["trigger", "condition", "switch"]);

/** A finger comes without warning. */
const isTouched = window.matchMedia("(any-pointer: coarse)").matches;

interface Near {
  readonly nodeId: string;
  /** Pointed at by now: tooltips and what lines are drawn from are there only then. */
  readonly isNear: boolean;
}

type Shown = Pick<NodeProps<CardNode>, "id" | "data" | "selected">;
const isSame = (a: Shown, b: Shown) => a.id === b.id && a.data === b.data && a.selected === b.selected;

/** Drawn again only when something of it changed, not when it is moved: a flow may have five hundred. */
export const CardView = memo(function CardView({ id, data, selected }: Shown) {
  const { type, ports, hasInput, problems, isUnfinished, step, failure, isOff } = data;
  const refusal = useBench(({ refusals }) => refusals?.get(id) ?? null);
  const { isNear, come } = useNear();
  const isBroken = problems.length > 0 && !isUnfinished;
  const state = step ? { "data-state": step.state, "data-tone": stateLooks[step.state].tone } : {};
  const near: Near = { nodeId: id, isNear };
  return (
    <div
      className="lw-node"
      data-type={type}
      data-selected={selected}
      data-broken={isBroken}
      data-off={isOff}
      data-refused={refusal !== null}
      {...state}
      onPointerEnter={come}
      onPointerMove={come}
    >
      {hasInput && <Port {...aim(near)} type="target" position={Position.Left} />}
      <Head data={data} isNear={isNear} />
      {step && <StepState step={step} />}
      <Ports ports={ports} {...near} />
      {failure && <FailurePort port={failure} {...near} />}
      {refusal && <Refused refusal={refusal} />}
    </div>
  );
}, isSame);

/** Not while a line is drawn: the port under it would be replaced, and the browser would lose where the pointer is. */
function useNear() {
  const bench = useBenchStore();
  const [isNear, setNear] = useState(isTouched);
  const come = ({ buttons }: PointerEvent) => {
    // Another card is drawn across this one.
    if (buttons !== 0 && !isTouched) return;
    // At once: the button may be pressed with the very next event.
    if (!isNear && bench.getState().refusals === null) flushSync(() => setNear(true));
  };
  return { isNear, come };
}

const aim = ({ nodeId, isNear }: Near) => ({ nodeId, isLive: isNear });

/** Why the line that is being drawn may not lead here. */
function Refused({ refusal }: { readonly refusal: Refusal }) {
  const { t } = useTranslation();
  return <div className="lw-node-refused">{t(`drawing.refusal.${refusal}`)}</div>;
}

/** That a step is off is said by a word; a comment is one press away. */
function Marks({ isOff, comment, isNear }: Pick<Card, "isOff" | "comment"> & Pick<Near, "isNear">) {
  const { t } = useTranslation();
  return (
    <>
      {comment !== null && (
        <Told by={comment} maw={320} isNear={isNear}>
          <span className="lw-node-comment" role="img" aria-label={t("drawing.commented", { comment })}>
            <IconMessageDots size={15} stroke={1.8} />
          </span>
        </Told>
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

interface ToldProps extends Pick<Near, "isNear"> {
  readonly by: string;
  readonly maw?: number;
  readonly children: ReactElement;
}

function Told({ by, isNear, maw, children }: ToldProps) {
  if (!isNear) return children;
  return (
    <Tooltip label={by} {...(maw !== undefined && { maw, multiline: true })}>
      {children}
    </Tooltip>
  );
}

function Head({ data, isNear }: { readonly data: Card } & Pick<Near, "isNear">) {
  const { type, words, problems, isUnfinished, isOff, comment } = data;
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
      {(isOff || comment !== null) && <Marks isOff={isOff} comment={comment} isNear={isNear} />}
      {problems.length > 0 && <Problems problems={problems} isUnfinished={isUnfinished} isNear={isNear} />}
    </div>
  );
}

/** One way out needs no name; several have each theirs. */
function Ports({ ports, ...near }: { readonly ports: readonly PortData[] } & Near) {
  const [only, ...others] = ports;
  if (!only) return null;
  if (others.length === 0) {
    return <Port {...aim(near)} type="source" position={Position.Right} name={only.name} />;
  }
  return (
    <div className="lw-node-ports">
      {ports.map((port) => (
        <LabelledPort key={port.name} port={port} {...near} />
      ))}
    </div>
  );
}

/** What is missing is counted from the start; it is called a problem once its author has been there. */
function Problems({ problems, isUnfinished, isNear }: Pick<Card, "problems" | "isUnfinished"> & Pick<Near, "isNear">) {
  const { t } = useTranslation();
  const count = problems.length;
  const label = t(isUnfinished ? "canvas.toFillIn" : "canvas.problems", { count });
  const Mark = isUnfinished ? IconPencil : IconAlertTriangleFilled;
  return (
    <Told by={isUnfinished ? label : problems.join(" ")} isNear={isNear}>
      <span className="lw-node-problems" data-unfinished={isUnfinished} role="img" aria-label={label}>
        <Mark size={13} />
        {count}
      </span>
    </Told>
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

function LabelledPort({ port, ...near }: { readonly port: PortData } & Near) {
  return (
    <div className="lw-node-port" data-used={port.isUsed}>
      <span>{port.label}</span>
      <Port {...aim(near)} type="source" position={Position.Right} name={port.name} />
    </div>
  );
}

/** Hangs below the card, so that the card keeps its height when it appears. */
function FailurePort({ port, ...near }: { readonly port: PortData } & Near) {
  return (
    <div className="lw-node-failure" data-used={port.isUsed}>
      <span>{port.label}</span>
      <Port {...aim(near)} type="source" position={Position.Bottom} name={port.name} />
    </div>
  );
}
