import { useEffect } from "react";
import { isElsewhere } from "../canvas/elsewhere.js";
import { isFree } from "../shell/keys.js";
import type { OpenedRun } from "./opened-run.js";

type Listed = readonly { readonly id: string }[];

const steps: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The run that a key leads to; null when the key is none of the list's, or there is no further one. */
export function runBy(key: string, runs: Listed, opened: string | undefined): string | null {
  const step = steps[key];
  if (step === undefined) return null;
  const at = runs.findIndex(({ id }) => id === opened);
  return runs[at < 0 ? 0 : at + step]?.id ?? null;
}

const isPlain = (event: KeyboardEvent): boolean => isFree(event) && !event.shiftKey && !isElsewhere(event.target);

/** Arrows are the list's when it has the focus; when nothing has, they move what is open, or the page. */
function mayWalk({ key, target }: KeyboardEvent, isOpen: boolean): boolean {
  if (!key.startsWith("Arrow")) return true;
  if (target instanceof Element && target.closest(".lw-run-frame") !== null) return true;
  return isOpen && target === document.body;
}

/** J and K, or arrows, from run to run; Escape closes. Enter is the row's own: it has the focus. */
export function useSideKeys(runs: Listed, { id, open, close }: OpenedRun): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!open || !isPlain(event)) return;
      if (event.key === "Escape" && id !== undefined) close();
      const next = mayWalk(event, id !== undefined) ? runBy(event.key, runs, id) : null;
      if (next === null) return;
      event.preventDefault();
      open(next);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [runs, id, open, close]);
}
