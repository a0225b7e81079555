import { Modal, ScrollArea, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ItemButton } from "./item-button.js";
import { searchItems } from "./items.js";
import { useOffers } from "./offers.js";
import type { QuickAddAt } from "./quick-add-at.js";
import type { Offer } from "./offers.js";

interface Props {
  readonly at: QuickAddAt;
  readonly onClose: () => void;
}

/** What could stand here: type a few letters, arrows to move, Enter to take. */
export function QuickAdd({ at, onClose }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [marked, setMarked] = useState(0);
  const found = searchItems(useOffers(at), search);
  const pick = ({ take }: Offer) => {
    take();
    onClose();
  };
  const onKey = (key: string) => {
    if (key === "ArrowDown") setMarked(Math.min(marked + 1, found.length - 1));
    if (key === "ArrowUp") setMarked(Math.max(marked - 1, 0));
    const offer = found[marked];
    if (key === "Enter" && offer) pick(offer);
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
      <Found offers={found} marked={marked} onPick={pick} />
    </Modal>
  );
}

interface FoundProps {
  readonly offers: readonly Offer[];
  readonly marked: number;
  readonly onPick: (offer: Offer) => void;
}

function Found({ offers, marked, onPick }: FoundProps) {
  const { t } = useTranslation();
  const firstStep = offers.find(({ isStep }) => isStep);
  return (
    <ScrollArea.Autosize mah={380} mt={8} scrollbarSize={8}>
      {offers.map((offer, index) => (
        <div key={offer.key}>
          {offer === firstStep && <div className="lw-overline lw-palette-over">{t("drawing.leadTo")}</div>}
          <ItemButton item={offer} onPick={() => onPick(offer)} isMarked={index === marked} />
        </div>
      ))}
      {offers.length === 0 && <p className="lw-palette-none">{t("palette.none")}</p>}
    </ScrollArea.Autosize>
  );
}
