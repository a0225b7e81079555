import { useEffect, useRef } from "react";
import { useFlowStore } from "../flow/store-context.js";
import { useBenchStore } from "./bench.js";
import { useCommands, useUsable } from "./commands.js";
import type { CommandName } from "./commands.js";
import { isElsewhere } from "./elsewhere.js";
import { useClipboardKeys } from "./use-clipboard.js";

const SECOND_KEY_WITHIN = 1_200;

const commandKeys: Readonly<Record<string, CommandName>> = {
  "control+z": "undo",
  "control+shift+z": "redo",
  "control+y": "redo",
  "control+d": "duplicate",
  delete: "remove",
  backspace: "remove",
  "control+a": "selectAll",
  "control+g": "group",
  "control+f": "find",
  // The key, not the letter: Shift with a number writes something else on every layout.
  "shift+Digit1": "fit",
  "shift+Digit2": "zoomSelection",
  "shift+s": "switch",
  "shift+n": "note",
  "shift+t": "tidy",
  o: "outline",
  "/": "add",
  "shift+/": "add",
};

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

export function commandOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Pressed): CommandName | null {
  if (altKey) return null;
  const held = `${ctrlKey || metaKey ? "control+" : ""}${shiftKey ? "shift+" : ""}`;
  return commandKeys[`${held}${key.toLowerCase()}`] ?? commandKeys[`${held}${code}`] ?? null;
}

/** The Menu key opens what a right click does. */
function useMenuKey(): void {
  const store = useFlowStore();
  const bench = useBenchStore();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isMenu = event.key === "ContextMenu" || (event.shiftKey && event.key === "F10");
      const { selected } = store.getState();
      if (!isMenu || isElsewhere(event.target)) return;
      const focused = event.target instanceof Element && event.target !== document.body ? event.target : null;
      const box = (focused ?? document.querySelector(".lw-canvas"))?.getBoundingClientRect();
      if (!box) return;
      event.preventDefault();
      bench.setState({ menu: { x: box.left + 24, y: box.top + 24, of: selected } });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [store, bench]);
}

/** The keys of a flow: what changes it only for those who may. */
export function useEditorKeys(mayEdit: boolean): void {
  const commands = useCommands();
  const usable = useUsable();
  const first = useRef({ key: "", at: -SECOND_KEY_WITHIN });
  useMenuKey();
  useClipboardKeys(mayEdit);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // `g o` is a page.
      const isSecond = first.current.key === "g" && event.timeStamp - first.current.at < SECOND_KEY_WITHIN;
      first.current = { key: event.key, at: event.timeStamp };
      const command = commandOf(event);
      if (command === null || isSecond || event.defaultPrevented) return;
      if (!usable.includes(command) || isElsewhere(event.target)) return;
      event.preventDefault();
      commands[command]();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [commands, usable]);
}
