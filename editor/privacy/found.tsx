import { Button, Group, Stack, Text } from "@mantine/core";
import { IconEraser, IconUserSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { erasureSchema } from "../../server/erasure/erasure-api.js";
import type { PeopleFound } from "../../server/people/people-api.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";
import { Notice } from "../ui/notice.js";
import { ContactTable } from "./contact-table.js";
import { WordsTable } from "./words-table.js";

interface Props {
  readonly found: PeopleFound;
  /** What was found may have changed. */
  readonly onChanged: () => void;
}

const isNothing = ({ contacts, responses, held }: PeopleFound): boolean =>
  contacts.length + responses.length + held.length === 0;

/** What was found, and the choice of what is to be forgotten. */
export function Found({ found, onChanged }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  const selection = { chosen, choose };
  if (isNothing(found))
    return <Notice icon={IconUserSearch} title={t("privacy.nobody")} text={t("privacy.nobodyText", found.read)} />;
  return (
    <Stack>
      <ContactTable contacts={found.contacts} {...selection} onChanged={onChanged} />
      <WordsTable found={found} {...selection} />
      {!found.read.everything && (
        <Text fz="sm" c="dimmed">
          {t("privacy.readPart", found.read)}
        </Text>
      )}
      <Group justify="flex-end">
        <Erase found={found} chosen={chosen} onAsked={onChanged} />
      </Group>
    </Stack>
  );
}

interface EraseProps {
  readonly found: PeopleFound;
  readonly chosen: ReadonlySet<string>;
  readonly onAsked: () => void;
}

function Erase({ found, chosen, onAsked }: EraseProps) {
  const { t } = useTranslation();
  const erase = useChange({
    schema: erasureSchema,
    call: () => ({ path: "/api/privacy/erasures", body: requestOf(found, chosen) }),
    renews: ["erasure"],
    told: () => t("privacy.asked"),
  });
  const ask = () =>
    askFirst({
      title: t("privacy.erase", { count: chosen.size }),
      text: t("privacy.eraseText"),
      confirm: t("privacy.eraseNow"),
      onConfirm: () => erase.mutate(undefined, { onSuccess: onAsked }),
    });
  return (
    <Button
      variant="default"
      leftSection={<IconEraser size={16} />}
      disabled={chosen.size === 0}
      loading={erase.isPending}
      onClick={ask}
    >
      {t("privacy.erase", { count: chosen.size })}
    </Button>
  );
}

function requestOf({ contacts, responses, held }: PeopleFound, chosen: ReadonlySet<string>) {
  const among = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).filter((id) => chosen.has(id));
  return { contactIds: among(contacts), responseIds: among(responses), quarantineIds: among(held) };
}
