import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { verbOfAction } from "../../workflows/flow/action-name.js";
import { nodes } from "../../workflows/flow/nodes/index.js";
import type { NodeType } from "../../workflows/flow/schema.js";
import { nodeTypes } from "../../workflows/flow/schema.js";
import { inputByHand } from "../../workflows/flow/rule-line/by-hand.js";
import { useCatalogue } from "../flow/catalogue.js";
import type { ActionView } from "../flow/catalogue.js";
import { useLanguage } from "../flow/describe.js";
import { useIsStarted } from "../try/is-started.js";
import { initialValues, readFields } from "../ui/form-fields.js";
import { plainText } from "../ui/plain-text.js";
import { systemName } from "../ui/system-mark.js";
import { useServerWords } from "../ui/words.js";

export type Group = (typeof nodes)[NodeType]["group"];
export const groups = ["when", "if", "do", "people", "end"] as const satisfies readonly Group[];

/** What `dataTransfer` calls an item that is being dragged. */
export const DRAGGED = "application/x-loopwright-item";

export interface PaletteItem {
  readonly key: string;
  readonly type: NodeType;
  readonly group: Group;
  readonly title: string;
  readonly text: string;
  readonly mark: string;
  /** What the step's id begins with. */
  readonly stem: string;
  readonly connector: string | null;
  readonly config: Readonly<Record<string, unknown>>;
}

const actionItem = (
  action: ActionView,
  word: (english: string) => string,
  filled: Readonly<Record<string, unknown>>,
): PaletteItem => ({
  key: action.ref,
  type: "action",
  group: "do",
  title: word(action.title),
  text: systemName(action.connector),
  mark: action.connector,
  stem: verbOfAction(action.ref),
  connector: action.needsConnection ? action.connector : null,
  config: {
    ...nodes.action.defaults,
    action: action.ref,
    input: { ...initialValues(readFields(action.inputSchema)), ...filled },
  },
});

/** Node types and the catalogue's actions, in the palette's order. */
export function usePaletteItems(): readonly PaletteItem[] {
  const { t } = useTranslation();
  const word = useServerWords();
  const { actions } = useCatalogue();
  const language = useLanguage();
  // Its texts are of what was said: where nothing is, there are no such fields.
  const isStarted = useIsStarted();
  return useMemo(() => {
    const plain = nodeTypes
      .filter((type) => type !== "action")
      .map((type): PaletteItem => ({
        key: type,
        type,
        group: nodes[type].group,
        title: t(`node.${type}.title`),
        text: t(`node.${type}.text`),
        mark: type,
        stem: type,
        connector: type === "approval" ? "slack" : null,
        config: nodes[type].defaults,
      }));
    const drawn = actions
      .filter(({ internal }) => !internal)
      .map((action) => actionItem(action, word, isStarted ? {} : inputByHand(action.ref, language)));
    return [...plain, ...drawn].toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
  }, [t, word, actions, isStarted, language]);
}

export const findItem = (items: readonly PaletteItem[], key: string): PaletteItem | undefined =>
  items.find((item) => item.key === key);

/** Every word of the search stands somewhere in the item; accents do not matter. */
export function searchItems<Item extends Pick<PaletteItem, "title" | "text" | "key">>(
  items: readonly Item[],
  search: string,
): readonly Item[] {
  const words = plainText(search).split(/\s+/).filter(Boolean);
  return items.filter(({ title, text, key }) => {
    const all = plainText(`${title} ${text} ${key}`);
    return words.every((word) => all.includes(word));
  });
}
