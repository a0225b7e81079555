import { Menu, Modal } from "@mantine/core";
import { IconArrowMerge, IconFileTypeHtml, IconHandStop, IconJson, IconLock, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FoundContact } from "../../server/people/people-api.js";
import { MoreMenu } from "../ui/more-menu.js";
import { ChoicesForm } from "./choices-form.js";
import { HoldForm } from "./hold-form.js";
import { MergeForm } from "./merge-form.js";
import { RectifyForm } from "./rectify-form.js";

interface Props {
  readonly contact: FoundContact;
  /** What the page calls them. */
  readonly called: string;
  readonly onChanged: () => void;
}

type Dialog = "choices" | "rectify" | "hold" | "merge";

export function ContactMenu({ contact, called, onChanged }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Dialog | null>(null);
  const close = () => setOpen(null);
  const done = () => {
    close();
    onChanged();
  };
  const file = (format: string) => `/api/privacy/contacts/${contact.id}/export?format=${format}`;
  return (
    <>
      <MoreMenu label={t("privacy.actionsFor", { name: called })}>
        <Menu.Item component="a" href={file("html")} download leftSection={<IconFileTypeHtml size={16} />}>
          {t("privacy.asHtml")}
        </Menu.Item>
        <Menu.Item component="a" href={file("json")} download leftSection={<IconJson size={16} />}>
          {t("privacy.asJson")}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setOpen("rectify")}>
          {t("privacy.rectify")}
        </Menu.Item>
        <Menu.Item leftSection={<IconHandStop size={16} />} onClick={() => setOpen("choices")}>
          {t("privacy.choices")}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowMerge size={16} />} onClick={() => setOpen("merge")}>
          {t("merge.with")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLock size={16} />} onClick={() => setOpen("hold")}>
          {t("holds.placeOnContact")}
        </Menu.Item>
      </MoreMenu>
      <Dialogs contact={contact} called={called} open={open} close={close} done={done} />
    </>
  );
}

interface DialogsProps extends Omit<Props, "onChanged"> {
  readonly open: Dialog | null;
  readonly close: () => void;
  readonly done: () => void;
}

function Dialogs({ contact, called, open, close, done }: DialogsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Modal opened={open === "choices"} onClose={close} title={t("privacy.choicesOf", { name: called })} size="lg">
        <ChoicesForm contact={contact} onDone={done} />
      </Modal>
      <Modal opened={open === "rectify"} onClose={close} title={t("privacy.rectify")}>
        <RectifyForm contact={contact} onDone={done} />
      </Modal>
      <Modal opened={open === "merge"} onClose={close} title={t("merge.title", { name: called })}>
        <MergeForm contact={contact} called={called} onDone={done} />
      </Modal>
      <Modal opened={open === "hold"} onClose={close} title={t("holds.placeOn", { name: called })}>
        <HoldForm about={{ kind: "contact", id: contact.id }} onDone={done} />
      </Modal>
    </>
  );
}
