import { Button, CloseButton, Group, Menu, Popover } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/may.js";
import type { RunAddress } from "../run-address.js";
import { PartEditor } from "./part-editor.js";
import { usePartNames, usePartWords, type PartNames } from "./part-words.js";
import { partKinds, partsOf, withPart, type PartKind } from "./parts.js";
import { RunSearch } from "./run-search.js";

interface Props {
  readonly address: RunAddress;
  readonly onChange: (address: RunAddress) => void;
  /** What the person is called whose runs are listed, where that is known. */
  readonly person: PartNames["person"];
}

/** The filter reads as sentences, and the address carries it: a list can be sent to somebody as it is. */
export function FilterBar({ address, onChange, person }: Props) {
  const { t } = useTranslation();
  const say = usePartWords(usePartNames(person));
  const [open, setOpen] = useState<PartKind | null>(null);
  const kinds = useAllowedKinds();
  const set = partsOf(address);
  const shown = partKinds.filter((kind) => set.includes(kind) || kind === open);
  const change = (kind: PartKind) => (part: Partial<RunAddress>) => onChange(withPart(address, kind, part));
  return (
    <Group gap={8} className="lw-filter" role="group" aria-label={t("runFilter.label")}>
      <RunSearch address={address} onChange={onChange} />
      {shown.map((kind) => (
        <Popover
          key={kind}
          opened={open === kind}
          onChange={(opened) => setOpen(opened ? kind : null)}
          position="bottom-start"
          shadow="md"
          trapFocus
          returnFocus
          withinPortal
        >
          <Chip
            words={set.includes(kind) ? say(kind, address) : t(`runFilter.kind.${kind}`)}
            onOpen={() => setOpen(open === kind ? null : kind)}
            onRemove={() => {
              setOpen(null);
              change(kind)({});
            }}
          />
          <Popover.Dropdown>
            <PartEditor kind={kind} address={address} onChange={change(kind)} onDone={() => setOpen(null)} />
          </Popover.Dropdown>
        </Popover>
      ))}
      <AddPart kinds={kinds.filter((kind) => !shown.includes(kind))} onAdd={setOpen} />
    </Group>
  );
}

/** Search has its own box; the rest is offered to who could see what it finds. */
function useAllowedKinds(): readonly PartKind[] {
  const may = useMay();
  return partKinds.filter(
    (kind) =>
      kind !== "search" && (kind !== "person" || may("people:read")) && (kind !== "source" || may("sources:read")),
  );
}

interface ChipProps {
  readonly words: string;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

const REMOVING = new Set(["Delete", "Backspace"]);

function Chip({ words, onOpen, onRemove }: ChipProps) {
  const { t } = useTranslation();
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (REMOVING.has(key)) onRemove();
  };
  return (
    <span className="lw-filter-part">
      <Popover.Target>
        <button type="button" className="lw-filter-words" onClick={onOpen} onKeyDown={onKeyDown}>
          {words}
        </button>
      </Popover.Target>
      <CloseButton size={24} iconSize={14} aria-label={t("runFilter.remove", { words })} onClick={onRemove} />
    </span>
  );
}

interface AddProps {
  readonly kinds: readonly PartKind[];
  readonly onAdd: (kind: PartKind) => void;
}

function AddPart({ kinds, onAdd }: AddProps) {
  const { t } = useTranslation();
  if (kinds.length === 0) return null;
  return (
    <Menu position="bottom-start" shadow="md" width={200} returnFocus={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconPlus size={14} />}>
          {t("runFilter.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(kind)}>
            {t(`runFilter.kind.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
