import { Badge, Checkbox, Group, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FoundContact } from "../../server/people/people-api.js";
import { ListTable } from "../ui/list-table.js";
import { Time } from "../ui/time.js";
import { ContactMenu } from "./contact-menu.js";
import { MergedList } from "./merged-list.js";

export interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (id: string, on: boolean) => void;
}

interface Props extends Selection {
  readonly contacts: readonly FoundContact[];
  readonly onChanged: () => void;
}

export function ContactTable({ contacts, ...rest }: Props) {
  const { t } = useTranslation();
  if (contacts.length === 0) return null;
  return (
    <section className="lw-card" aria-label={t("privacy.contacts")}>
      <ListTable
        minWidth={760}
        headings={[
          { w: 40 },
          t("privacy.contacts"),
          t("privacy.phone"),
          t("privacy.responses"),
          t("privacy.firstSeen"),
          "",
        ]}
      >
        {contacts.map((contact) => (
          <ContactRow key={contact.id} contact={contact} {...rest} />
        ))}
      </ListTable>
    </section>
  );
}

interface RowProps extends Selection {
  readonly contact: FoundContact;
  readonly onChanged: () => void;
}

function ContactRow({ contact, chosen, choose, onChanged }: RowProps) {
  const { t } = useTranslation();
  const { id, name, email, phone, responses, firstSeen } = contact;
  const called = name ?? email ?? t("privacy.unnamed");
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox
          aria-label={t("privacy.choose", { name: called })}
          checked={chosen.has(id)}
          onChange={(event) => choose(id, event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <Group gap={8}>
          <Text fz="sm" fw={550}>
            {called}
          </Text>
          <Allowed contact={contact} />
        </Group>
        <Text fz={12} c="dimmed">
          {email}
        </Text>
        <MergedList merged={contact.merged} onChanged={onChanged} />
      </Table.Td>
      <Table.Td>{phone ?? "–"}</Table.Td>
      <Table.Td>{responses}</Table.Td>
      <Table.Td c="dimmed" className="lw-nowrap">
        <Time at={firstSeen} />
      </Table.Td>
      <Table.Td ta="right">
        <ContactMenu contact={contact} called={called} onChanged={onChanged} />
      </Table.Td>
    </Table.Tr>
  );
}

function Allowed({ contact: { choices } }: { readonly contact: FoundContact }) {
  const { t } = useTranslation();
  if (choices.restricted) return <Badge size="sm">{t("privacy.restricted")}</Badge>;
  return choices.objections.map((purpose) => (
    <Badge key={purpose} size="sm">
      {t("privacy.objectsTo", { purpose: t(`purpose.${purpose}`) })}
    </Badge>
  ));
}
