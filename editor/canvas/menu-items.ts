import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconArrowRight,
  IconArrowsRightLeft,
  IconClipboard,
  IconCopy,
  IconCut,
  IconFrame,
  IconFrameOff,
  IconLayoutDistributeVertical,
  IconMessageDots,
  IconNote,
  IconPencil,
  IconPlus,
  IconPower,
  IconSelectAll,
  IconStack2,
  IconTrash,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Point } from "../flow/edit.js";
import { changeGroup, dissolveGroup, groupsOf } from "../flow/groups.js";
import { isLoose } from "../flow/put-into.js";
import { useFlowStore } from "../flow/store-context.js";
import { useBenchStore } from "./bench.js";
import { sortIds } from "./canvas-ids.js";
import { useAddNote, useCommands } from "./commands.js";
import { COMMENT_FIELD, NAME_FIELD } from "../flow/own-fields.js";
import { followersOf } from "./followers.js";
import { useAddAfter } from "./use-add-after.js";
import { useClipboard } from "./use-clipboard.js";

export interface MenuItem {
  readonly label: string;
  readonly icon: Icon;
  readonly keys?: string;
  readonly danger?: boolean;
  readonly run: () => void;
}

/** What a menu offers: of these, or of the canvas at that place when nothing is named. */
export function useMenuItems(of: readonly string[], at: Point): readonly MenuItem[] {
  const canvas = useCanvasItems(at);
  const chosen = useChosenItems();
  const group = useGroupItems(of);
  const step = useStepItems(of);
  return of.length === 0 ? canvas : [...step, ...group, ...chosen(of)];
}

function useCanvasItems(at: Point): readonly MenuItem[] {
  const { t } = useTranslation();
  const bench = useBenchStore();
  const { tidy, selectAll } = useCommands();
  const addNote = useAddNote();
  const { pasteAt } = useClipboard();
  return [
    { label: t("drawing.paste"), icon: IconClipboard, keys: "Ctrl V", run: () => void pasteAt(at) },
    {
      label: t("drawing.command.add"),
      icon: IconPlus,
      keys: "/",
      run: () => bench.setState({ adding: { kind: "place", at } }),
    },
    { label: t("drawing.command.note"), icon: IconNote, run: () => addNote(at) },
    { label: t("canvas.tidy"), icon: IconLayoutDistributeVertical, keys: "Shift T", run: tidy },
    { label: t("drawing.command.selectAll"), icon: IconSelectAll, keys: "Ctrl A", run: selectAll },
  ];
}

/** Of one step. */
function useStepItems(of: readonly string[]): readonly MenuItem[] {
  const { t } = useTranslation();
  const bench = useBenchStore();
  const store = useFlowStore();
  const addAfter = useAddAfter();
  const [id, ...others] = of;
  const node = others.length === 0 ? store.getState().draft.nodes.find((one) => one.id === id) : undefined;
  if (!node) return [];
  const { select } = store.getState();
  const add = addAfter(node.id);
  const { draft } = store.getState();
  const isPuttable = draft.edges.length > 0 && isLoose(draft, node.id);
  return [
    { label: t("drawing.edit"), icon: IconPencil, keys: "Enter", run: () => select([node.id], NAME_FIELD) },
    ...(add ? [{ label: t("drawing.addAfter"), icon: IconArrowRight, run: add }] : []),
    ...(isPuttable
      ? [
          {
            label: t("drawing.putInto"),
            icon: IconArrowsRightLeft,
            run: () => bench.setState({ putting: node.id }),
          },
        ]
      : []),
    { label: t("drawing.comment"), icon: IconMessageDots, run: () => select([node.id], COMMENT_FIELD) },
    {
      label: t("drawing.selectAfter"),
      icon: IconStack2,
      run: () => select(followersOf(store.getState().draft, node.id)),
    },
  ];
}

function useGroupItems(of: readonly string[]): readonly MenuItem[] {
  const { t } = useTranslation();
  const store = useFlowStore();
  const [groupId] = sortIds(of).groups;
  const group = groupsOf(store.getState().draft).find(({ id }) => id === groupId);
  if (!group) return [];
  const { edit } = store.getState();
  const { id, collapsed } = group;
  return [
    {
      label: t(collapsed ? "drawing.unfold" : "drawing.fold"),
      icon: collapsed ? IconArrowsDiagonal : IconArrowsDiagonalMinimize2,
      run: () => edit((flow) => changeGroup(flow, id, { collapsed: !collapsed })),
    },
    {
      label: t("drawing.ungroup"),
      icon: IconFrameOff,
      run: () => edit((flow) => dissolveGroup(flow, id), { select: [...group.nodeIds] }),
    },
  ];
}

/** Of whatever is selected. */
function useChosenItems() {
  const { t } = useTranslation();
  const store = useFlowStore();
  const commands = useCommands();
  const { copy } = useClipboard();
  return (of: readonly string[]): readonly MenuItem[] => {
    const { steps, groups } = sortIds(of);
    const isOff = store.getState().draft.nodes.every(({ id, disabled }) => !steps.includes(id) || disabled === true);
    const ofSteps: readonly MenuItem[] = [
      {
        label: t(isOff ? "drawing.switchOn" : "drawing.switchOff"),
        icon: IconPower,
        keys: "Shift S",
        run: commands.switch,
      },
      { label: t("drawing.command.group"), icon: IconFrame, keys: "Ctrl G", run: commands.group },
    ];
    return [
      ...(steps.length > 0 ? ofSteps : []),
      { label: t("keys.duplicate"), icon: IconCopy, keys: "Ctrl D", run: commands.duplicate },
      { label: t("common.copy"), icon: IconClipboard, keys: "Ctrl C", run: () => void copy() },
      {
        label: t("drawing.cut"),
        icon: IconCut,
        keys: "Ctrl X",
        run: () => void copy().then((done) => done && commands.remove()),
      },
      ...(groups.length === 0
        ? [{ label: t("keys.remove"), icon: IconTrash, keys: "Delete", danger: true, run: commands.remove }]
        : []),
    ];
  };
}
