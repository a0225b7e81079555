import { Group, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { COUNTED_AT_MOST, type Entry } from "../../server/oversight/oversight-api.js";
import { formatNumber } from "../ui/format.js";
import { ListTable } from "../ui/list-table.js";
import { StateMark } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";

/** On a phone its name and its risk; the rest stands where it opens. */
export function EntryTable({ items }: { readonly items: readonly Entry[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      headings={[
        t("oversight.name"),
        t("oversight.risk"),
        { visibleFrom: "sm", children: t("oversight.owner") },
        { visibleFrom: "md", children: t("oversight.purpose") },
        { visibleFrom: "md", children: t("oversight.region") },
        { visibleFrom: "sm", children: t("oversight.lastEvent") },
        { visibleFrom: "sm", ta: "right", children: t("oversight.events") },
        { visibleFrom: "lg", ta: "right", children: t("oversight.flows") },
      ]}
    >
      {items.map((entry) => (
        <EntryRow key={entry.id} entry={entry} />
      ))}
    </ListTable>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }) {
  const { t, i18n } = useTranslation();
  const { id, kind, name, product, risk, purpose, region, place, lastEventAt, events, flows } = entry;
  const most = events === COUNTED_AT_MOST;
  const count = formatNumber(events, i18n.language);
  return (
    <Table.Tr className="lw-row">
      <Table.Td>
        <Link to="/oversight" search={(before) => ({ ...before, thing: id })} className="lw-row-link">
          {name}
        </Link>
        <Text fz={12} c="dimmed">
          {t(`oversight.kind.${kind}`)} · {product}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <StateMark state={risk.band} />
          <Text span fz={12} c="dimmed" className="lw-numbers" visibleFrom="sm">
            {risk.points}
          </Text>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Owner entry={entry} />
      </Table.Td>
      <Table.Td visibleFrom="md" maw={280}>
        <Text fz="sm" className="lw-clamp-2" {...(purpose === null && { c: "dimmed" })}>
          {purpose ?? t("oversight.notSaid")}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md" {...(region === null && { c: "dimmed" })}>
        {place ?? (region === null ? t("oversight.notSaid") : t(`oversight.regions.${region}`))}
      </Table.Td>
      <Table.Td visibleFrom="sm" c="dimmed" className="lw-nowrap">
        {lastEventAt === null ? t("oversight.notYet") : <Time at={lastEventAt} />}
      </Table.Td>
      <Table.Td visibleFrom="sm" className="lw-oversight-number">
        {most ? t("oversight.moreThan", { shown: count }) : count}
      </Table.Td>
      <Table.Td visibleFrom="lg" className="lw-oversight-number">
        {flows.length}
      </Table.Td>
    </Table.Tr>
  );
}

export function Owner({ entry: { ownerId, ownerName } }: { readonly entry: Pick<Entry, "ownerId" | "ownerName"> }) {
  const { t } = useTranslation();
  if (ownerId !== null) return ownerName ?? t("oversight.unnamedOwner");
  return (
    <Text span inherit c="dimmed">
      {t("oversight.nobody")}
    </Text>
  );
}
