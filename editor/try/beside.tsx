import { useState } from "react";
import type { ReactNode } from "react";
import { useFlow } from "../flow/store-context.js";
import { TryPanel } from "./try-panel.js";
import type { Trying } from "./trying.js";

interface Props {
  readonly trying: Trying;
  /** The form of the selected step. */
  readonly children: ReactNode;
}

/** Beside the canvas: of a step that a try went through what it did, else, or when asked for, its form. */
export function Beside({ trying, children }: Props) {
  const selected = useFlow((state) => state.selected);
  const [formOf, setFormOf] = useState<string | null>(null);
  const id = selected.length === 1 ? (selected[0] ?? null) : null;
  const isTried = id !== null && trying.result !== null && id in trying.steps;
  if (!isTried || formOf === id) return children;
  return <TryPanel key={id} trying={trying} result={trying.result} nodeId={id} onSettings={() => setFormOf(id)} />;
}
