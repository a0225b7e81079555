import { Modal, ScrollArea, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Edge } from "../../workflows/flow/schema.js";
import type { Point } from "../flow/edit.js";
import { useAdding } from "./adding.js";
import { ItemButton } from "./item-button.js";
import { searchItems, usePaletteItems } from "./items.js";
import type { PaletteItem } from "./items.js";

export type QuickAddAt =
  | { readonly kind: "edge"; readonly edge: Edge }
  | { readonly kind: "output"; readonly from: string; readonly output: string; readonly at: Point };

interface Props {
  readonly at: QuickAddAt;
  readonly onClose: () => void;
}

/** What could stand here: type a few letters, arrows to move, Enter to take. */
export function QuickAdd({ at, onClose }: Props) {
  const { t } = useTranslation();
  const { addFrom, insert } = useAdding();
  const [search, setSearch] = useState("");
  const [marked, setMarked] = useState(0);
  const usable = usePaletteItems().filter(
    ({ type, group }) => type !== "trigger" && (at.kind === "output" || group !== "end"),
  );
  const found = searchItems(usable, search);
  const pick = (item: PaletteItem) => {
    if (at.kind === "edge") insert(item, at.edge);
    else addFrom(item, { from: at.from, output: at.output, position: { x: at.at.x, y: at.at.y - 32 } });
    onClose();
  };
  const onKey = (key: string) => {
    if (key === "ArrowDown") setMarked(Math.min(marked + 1, found.length - 1));
    if (key === "ArrowUp") setMarked(Math.max(marked - 1, 0));
    const item = found[marked];
    if (key === "Enter" && item) pick(item);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={340}
      padding={8}
      yOffset="14vh"
      centered={false}
      overlayProps={{ backgroundOpacity: 0.12 }}
    >
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={15} />}
        placeholder={t("palette.what")}
        aria-label={t("palette.what")}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={(event) => onKey(event.key)}
      />
      <Found items={found} marked={marked} onPick={pick} />
    </Modal>
  );
}

interface FoundProps {
  readonly items: readonly PaletteItem[];
  readonly marked: number;
  readonly onPick: (item: PaletteItem) => void;
}

function Found({ items, marked, onPick }: FoundProps) {
  const { t } = useTranslation();
  return (
    <ScrollArea.Autosize mah={380} mt={8} scrollbarSize={8}>
      {items.map((item, index) => (
        <ItemButton key={item.key} item={item} onPick={onPick} isMarked={index === marked} />
      ))}
      {items.length === 0 && <p className="lw-palette-none">{t("palette.none")}</p>}
    </ScrollArea.Autosize>
  );
}
