import { useState } from "react";
import type { ReactNode } from "react";
import type { Try } from "../../server/tries/try-api.js";
import { onlySelected } from "../flow/store.js";
import { useFlow } from "../flow/store-context.js";
import { useIsLookingOn } from "../presence/looking-on.js";
import { TryPanel } from "./try-panel.js";
import type { Trying } from "./trying.js";

interface Props {
  readonly trying: Trying;
  /** The form of the selected step. */
  readonly children: ReactNode;
}

/** The form was asked for in place of what this try did, until another is made or something else selected. */
interface Asked {
  readonly result: Try;
  readonly selected: readonly string[];
}

/** Beside the canvas: of a step that a try went through what it did, else, or when asked for, its form. */
export function Beside({ trying, children }: Props) {
  const selected = useFlow((state) => state.selected);
  const isLedToField = useFlow(({ focusField }) => focusField !== null);
  const isLookingOn = useIsLookingOn();
  const { result } = trying;
  const [asked, setAsked] = useState<Asked | null>(null);
  const id = onlySelected({ selected });
  const isTried = id !== null && result !== null && id in trying.steps;
  const isAsked = asked?.result === result && asked.selected === selected;
  if (!isTried || isAsked || isLedToField || isLookingOn) return children;
  return (
    <TryPanel key={id} trying={trying} result={result} nodeId={id} onSettings={() => setAsked({ result, selected })} />
  );
}
