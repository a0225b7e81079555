import { Tooltip, UnstyledButton } from "@mantine/core";
import type { DragEvent } from "react";
import { SystemMark } from "../ui/system-mark.js";
import type { PaletteItem } from "./items.js";

interface Props {
  readonly item: Pick<PaletteItem, "title" | "text" | "mark">;
  readonly onPick: () => void;
  readonly onDragStart?: (event: DragEvent) => void;
  readonly isMarked?: boolean;
}

export function ItemButton({ item, onPick, onDragStart, isMarked = false }: Props) {
  return (
    <Tooltip label={item.text} position="right" openDelay={600}>
      <UnstyledButton
        className="lw-palette-item"
        data-marked={isMarked}
        draggable={onDragStart !== undefined}
        onDragStart={onDragStart}
        onClick={onPick}
      >
        <SystemMark kind={item.mark} size={24} />
        <span>{item.title}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
