import { notifications } from "@mantine/notifications";
import { useReactFlow } from "@xyflow/react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMayEdit } from "../presence/looking-on.js";
import type { Point } from "../flow/edit.js";
import { useFlowStore } from "../flow/store-context.js";
import { useBenchStore } from "./bench.js";
import { duplicateChosen, groupChosen, noteAt, removeChosen, selectAll, switchChosen } from "./chosen.js";
import { FITTED } from "./fitted.js";
import { useIsOutlined } from "./use-is-outlined.js";
import { useMiddle } from "./use-middle.js";
import { useTidy } from "./use-tidy.js";

/** What keys, menus and the command palette can do; each is said in `drawing.command`. */
export const commandNames = [
  "undo",
  "redo",
  "duplicate",
  "remove",
  "switch",
  "selectAll",
  "group",
  "note",
  "add",
  "tidy",
  "find",
  "outline",
  "fit",
  "zoomSelection",
] as const;
export type CommandName = (typeof commandNames)[number];

/** Those that change nothing, for whoever may only look. */
export const harmless: ReadonlySet<CommandName> = new Set(["selectAll", "find", "outline", "fit", "zoomSelection"]);

export type Commands = Readonly<Record<CommandName, () => void>>;

/** Focus goes to the palette where there is one to see, else a dialog asks what to add. */
function openPalette(ask: () => void): void {
  const field = document.getElementById("lw-palette-search");
  if (field?.checkVisibility() === true) field.focus();
  else ask();
}

/** Puts a note there, or says that there are too many. */
export function useAddNote() {
  const { t } = useTranslation();
  const store = useFlowStore();
  return (at: Point) => {
    if (!noteAt(store, at)) notifications.show({ message: t("drawing.full"), color: "petrol" });
  };
}

export function useCommands(): Commands {
  const store = useFlowStore();
  const bench = useBenchStore();
  const { fitView } = useReactFlow();
  const tidyUp = useTidy();
  const middle = useMiddle();
  const isOutlined = useIsOutlined();
  const addNote = useAddNote();
  return {
    undo: store.undo,
    redo: store.redo,
    duplicate: () => duplicateChosen(store),
    remove: () => {
      removeChosen(store, bench.getState().edges);
      bench.setState({ edges: [] });
    },
    switch: () => switchChosen(store),
    selectAll: () => selectAll(store),
    group: () => groupChosen(store, ""),
    note: () => addNote(middle()),
    add: () => openPalette(() => bench.setState({ adding: { kind: "place", at: middle() } })),
    tidy: () => void tidyUp(),
    find: () => bench.setState({ finding: true }),
    outline: () => bench.setState({ outline: !isOutlined }),
    fit: () => void fitView({ ...FITTED, duration: 200 }),
    zoomSelection: () => {
      const nodes = store.getState().selected.map((id) => ({ id }));
      if (nodes.length > 0) void fitView({ ...FITTED, nodes, duration: 200 });
    },
  };
}

/** The commands that the reader may use here. */
export function useUsable(): readonly CommandName[] {
  const mayEdit = useMayEdit();
  return useMemo(() => commandNames.filter((name) => mayEdit || harmless.has(name)), [mayEdit]);
}
