import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { duplicateNodes } from "../flow/edit.js";
import type { FlowStore } from "../flow/store.js";
import { useFlowStore } from "../flow/store-context.js";

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

function duplicate(store: FlowStore): void {
  const { draft, selected, edit } = store.getState();
  const copy = duplicateNodes(draft, selected);
  if (copy.ids.length > 0) edit(() => copy.flow, { select: copy.ids });
}

/** By `code` where the place of the key matters, by `key` where its letter does. */
function commandOf(event: KeyboardEvent): "undo" | "redo" | "duplicate" | "fit" | "palette" | null {
  const key = event.key.toLowerCase();
  const control = event.ctrlKey || event.metaKey;
  if (control && key === "z") return event.shiftKey ? "redo" : "undo";
  if (control && key === "y") return "redo";
  if (control && key === "d") return "duplicate";
  if (event.shiftKey && event.code === "Digit1") return "fit";
  return key === "/" ? "palette" : null;
}

export function useEditorKeys(): void {
  const store = useFlowStore();
  const { fitView } = useReactFlow();
  useEffect(() => {
    const commands = {
      undo: store.undo,
      redo: store.redo,
      duplicate: () => duplicate(store),
      fit: () => void fitView({ maxZoom: 1, padding: 0.16, duration: 200 }),
      palette: () => document.getElementById("lw-palette-search")?.focus(),
    };
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (command === null || isWriting(event.target)) return;
      event.preventDefault();
      commands[command]();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [store, fitView]);
}
