import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { FITTED } from "./canvas-tools.js";
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

type Command = "undo" | "redo" | "duplicate" | "fit" | "palette";

const commandKeys: Readonly<Record<string, Command>> = {
  "control+z": "undo",
  "control+shift+z": "redo",
  "control+y": "redo",
  "control+d": "duplicate",
  // The key, not the letter: Shift+1 writes something else on every layout.
  "shift+Digit1": "fit",
  "/": "palette",
  "shift+/": "palette",
};

function commandOf({ key, code, ctrlKey, metaKey, shiftKey }: KeyboardEvent): Command | null {
  const held = `${ctrlKey || metaKey ? "control+" : ""}${shiftKey ? "shift+" : ""}`;
  return commandKeys[`${held}${key.toLowerCase()}`] ?? commandKeys[`${held}${code}`] ?? null;
}

export function useEditorKeys(enabled: boolean): void {
  const store = useFlowStore();
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (!enabled) return;
    const commands = {
      undo: store.undo,
      redo: store.redo,
      duplicate: () => duplicate(store),
      fit: () => void fitView({ ...FITTED, duration: 200 }),
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
  }, [enabled, store, fitView]);
}
