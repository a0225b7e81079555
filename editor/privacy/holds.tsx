import { Button, Modal, Select, Stack } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Part } from "../ui/part.js";
import { HoldForm } from "./hold-form.js";
import { HoldTable } from "./hold-table.js";

export function Holds() {
  const { t } = useTranslation();
  const query = useQuery(queries.holds());
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Part
      title={t("holds.title")}
      text={t("holds.text")}
      action={
        <Button variant="default" leftSection={<IconLock size={16} />} onClick={() => setOpen(true)}>
          {t("holds.place")}
        </Button>
      }
    >
      <Listed query={query} nothing={<Notice icon={IconLock} title={t("holds.none")} text={t("holds.noneText")} />}>
        {(items) => <HoldTable holds={items} />}
      </Listed>
      <Modal opened={open} onClose={close} title={t("holds.place")}>
        <PlaceHold onDone={close} />
      </Modal>
    </Part>
  );
}

const WORKSPACE = "workspace";

/** On the workspace, or on one of its sources; a person is held from where they were found. */
function PlaceHold({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const sources = useQuery(queries.retention()).data?.known ?? [];
  const [target, setTarget] = useState(WORKSPACE);
  return (
    <Stack>
      <Select
        label={t("holds.about")}
        allowDeselect={false}
        value={target}
        data={[
          { value: WORKSPACE, label: t("holds.workspace") },
          ...sources.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => setTarget(value ?? WORKSPACE)}
      />
      <HoldForm about={target === WORKSPACE ? { kind: "workspace" } : { kind: "source", id: target }} onDone={onDone} />
    </Stack>
  );
}
