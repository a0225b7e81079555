import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCopy,
  IconFocus2,
  IconFrame,
  IconLayoutDistributeVertical,
  IconListTree,
  IconMaximize,
  IconNote,
  IconPlus,
  IconPower,
  IconSearch,
  IconSelectAll,
  IconTrash,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMayEdit } from "../presence/looking-on.js";
import { useFlow } from "../flow/store-context.js";
import { useAdding } from "../palette/adding.js";
import { usePaletteItems } from "../palette/items.js";
import { useOfferedCommands } from "../shell/page-commands.js";
import type { PageCommand } from "../shell/page-commands.js";
import { useLatest } from "../ui/use-latest.js";
import { useCommands, useUsable } from "./commands.js";
import type { CommandName } from "./commands.js";

const icons: Readonly<Record<CommandName, Icon>> = {
  undo: IconArrowBackUp,
  redo: IconArrowForwardUp,
  duplicate: IconCopy,
  remove: IconTrash,
  switch: IconPower,
  selectAll: IconSelectAll,
  group: IconFrame,
  note: IconNote,
  add: IconPlus,
  tidy: IconLayoutDistributeVertical,
  find: IconSearch,
  outline: IconListTree,
  fit: IconMaximize,
  zoomSelection: IconFocus2,
};

/** Ctrl-K in a flow: what can be done with it, and every step that can be added. */
export function useEditorCommands(): void {
  const { t } = useTranslation();
  const usable = useUsable();
  const mayEdit = useMayEdit();
  const items = usePaletteItems();
  const hasTrigger = useFlow(({ draft }) => draft.nodes.some(({ type }) => type === "trigger"));
  const latest = useLatest({ commands: useCommands(), add: useAdding().add });
  const offered = useMemo((): readonly PageCommand[] => {
    const commands = usable.map((name) => ({
      id: `flow:${name}`,
      label: t(`drawing.command.${name}`),
      icon: icons[name],
      run: () => latest.current.commands[name](),
    }));
    const steps = items.filter(({ type }) => mayEdit && (type !== "trigger" || !hasTrigger));
    const adding = steps.map((item) => ({
      id: `add:${item.key}`,
      label: t("drawing.addNamed", { title: item.title }),
      text: item.text,
      icon: IconPlus,
      run: () => latest.current.add(item),
    }));
    return [...commands, ...adding];
  }, [t, usable, items, mayEdit, hasTrigger, latest]);
  useOfferedCommands(offered);
}
