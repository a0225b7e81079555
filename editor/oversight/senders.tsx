import { Stack, Table, Text } from "@mantine/core";
import { IconDoorOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Sender } from "../../server/oversight/oversight-api.js";
import { queries } from "../api/queries.js";
import { formatNumber } from "../ui/format.js";
import { ListTable } from "../ui/list-table.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Time } from "../ui/time.js";

/** Who posted to an address where nothing is taken from them. */
export function Senders() {
  const { t } = useTranslation();
  const query = useQuery(queries.senders());
  return (
    <Stack>
      <Text fz="sm" c="dimmed" maw={720}>
        {t("oversight.sendersText")}
      </Text>
      <div className="lw-card">
        <Listed
          query={query}
          nothing={<Notice icon={IconDoorOff} title={t("oversight.noSenders")} text={t("oversight.noSendersText")} />}
        >
          {(items) => <SenderTable items={items} />}
        </Listed>
      </div>
    </Stack>
  );
}

function SenderTable({ items }: { readonly items: readonly Sender[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      headings={[
        { visibleFrom: "sm", children: t("oversight.day") },
        t("oversight.senderReasonLabel"),
        t("oversight.network"),
        { visibleFrom: "sm", title: t("oversight.addressText"), children: t("oversight.address") },
        { ta: "right", children: t("oversight.tried") },
        { visibleFrom: "md", children: t("oversight.firstSeen") },
        { visibleFrom: "sm", children: t("oversight.lastSeen") },
      ]}
    >
      {items.map((sender) => (
        <SenderRow key={[sender.day, sender.reason, sender.keyPrefix, sender.network].join("|")} sender={sender} />
      ))}
    </ListTable>
  );
}

function SenderRow({ sender }: { readonly sender: Sender }) {
  const { t, i18n } = useTranslation();
  const { day, reason, keyPrefix, network, count, firstAt, lastAt } = sender;
  return (
    <Table.Tr>
      <Table.Td visibleFrom="sm" className="lw-nowrap lw-numbers">
        {day}
      </Table.Td>
      <Table.Td>{t(`oversight.senderReason.${reason}`)}</Table.Td>
      <Table.Td className="lw-numbers">{keyPrefix === "" ? t("oversight.theRest") : network || "–"}</Table.Td>
      <Table.Td visibleFrom="sm">{keyPrefix === "" ? "–" : <code>{keyPrefix}…</code>}</Table.Td>
      <Table.Td className="lw-oversight-number">{formatNumber(count, i18n.language)}</Table.Td>
      <Table.Td visibleFrom="md" c="dimmed" className="lw-nowrap">
        <Time at={firstAt} />
      </Table.Td>
      <Table.Td visibleFrom="sm" c="dimmed" className="lw-nowrap">
        <Time at={lastAt} />
      </Table.Td>
    </Table.Tr>
  );
}
