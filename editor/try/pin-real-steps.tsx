import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { RunDetail } from "../../server/runs/run-api.js";
import { pinSchema, type Pin } from "../../workflows/flow/try/pin.js";
import { queries } from "../api/queries.js";
import { useLatest } from "../ui/use-latest.js";
import type { Trying } from "./trying.js";

/** Pins the answers of what was done for real, whichever step is looked at when they come. */
export function PinRealSteps({ trying }: { readonly trying: Trying }) {
  return Object.entries(trying.real).map(([nodeId, runId]) => (
    <PinOne key={runId} trying={trying} nodeId={nodeId} runId={runId} />
  ));
}

const AGAIN_MS = 2_000;

interface Props {
  readonly trying: Trying;
  readonly nodeId: string;
  readonly runId: string;
}

function PinOne({ trying, nodeId, runId }: Props) {
  // News of it may be lost; as long as it is under way it is asked for, too.
  const refetchInterval = ({ state }: { readonly state: { readonly data?: RunDetail | undefined } }) =>
    state.data && isOver(state.data) ? false : AGAIN_MS;
  const { data: run } = useQuery({ ...queries.run(runId), refetchInterval });
  const pin = run ? answerOf(run, nodeId) : null;
  const text = pin && JSON.stringify(pin);
  const pinIt = useLatest(trying.pin);
  // By what it says: a run that is read again and says the same pins nothing anew.
  useEffect(() => {
    if (text !== null) pinIt.current(nodeId, pinSchema.parse(JSON.parse(text)));
  }, [text, nodeId, pinIt]);
  return null;
}

const isOver = ({ state }: RunDetail): boolean => state === "finished" || state === "stuck" || state === "cancelled";

/** Null until it succeeded; a value that no pin may be stays as it usually is. */
export function answerOf({ effects, steps }: Pick<RunDetail, "effects" | "steps">, nodeId: string): Pin | null {
  if (!effects.some((effect) => effect.nodeId === nodeId && effect.state === "done")) return null;
  const values = Object.entries(steps.find((step) => step.nodeId === nodeId)?.values ?? {});
  const pinnable = values.filter(
    ([name, value]) => pinSchema.safeParse({ kind: "done", output: { [name]: value } }).success,
  );
  return pinSchema.parse({ kind: "done", output: Object.fromEntries(pinnable) });
}
