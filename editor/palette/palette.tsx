import { ScrollArea, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFlow } from "../flow/store-context.js";
import { useAdding } from "./adding.js";
import { DRAGGED, groups, searchItems, usePaletteItems } from "./items.js";
import type { PaletteItem } from "./items.js";
import { ItemButton } from "./item-button.js";
import "./palette.css";

/** All that can be added: by drag, by click, or by typing and Enter. */
export function Palette() {
  const { t } = useTranslation();
  const { add } = useAdding();
  const [search, setSearch] = useState("");
  const hasTrigger = useFlow(({ draft }) => draft.nodes.some(({ type }) => type === "trigger"));
  const items = usePaletteItems().filter(({ type }) => type !== "trigger" || !hasTrigger);
  const found = searchItems(items, search);
  return (
    <aside className="lw-palette" aria-label={t("palette.title")}>
      <TextInput
        id="lw-palette-search"
        size="xs"
        m={10}
        leftSection={<IconSearch size={14} />}
        placeholder={t("palette.search")}
        aria-label={t("palette.search")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !found[0]) return;
          add(found[0]);
          setSearch("");
        }}
      />
      <ScrollArea flex={1} scrollbarSize={8} type="hover">
        <Groups items={found} onPick={add} />
        {found.length === 0 && <p className="lw-palette-none">{t("palette.none")}</p>}
      </ScrollArea>
    </aside>
  );
}

interface GroupsProps {
  readonly items: readonly PaletteItem[];
  readonly onPick: (item: PaletteItem) => void;
}

function Groups({ items, onPick }: GroupsProps) {
  const { t } = useTranslation();
  return groups.map((group) => {
    const inGroup = items.filter((item) => item.group === group);
    if (inGroup.length === 0) return null;
    return (
      <div key={group} className="lw-palette-group">
        <div className="lw-overline">{t(`palette.${group}`)}</div>
        {inGroup.map((item) => (
          <ItemButton
            key={item.key}
            item={item}
            onPick={() => onPick(item)}
            onDragStart={(event) => event.dataTransfer.setData(DRAGGED, item.key)}
          />
        ))}
      </div>
    );
  });
}
