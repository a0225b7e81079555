import { Button, Table } from "@mantine/core";
import { IconInbox, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SourceView } from "../../server/sources/source-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { formatNumber } from "../ui/format.js";
import { ListTable } from "../ui/list-table.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";
import { StateMark } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";
import { NewSource } from "./new-source.js";

export function SourcesPage() {
  const { t } = useTranslation();
  const [isNew, setNew] = useState(false);
  const query = useQuery(queries.sources());
  const add = useMay()("sources:manage") ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setNew(true)}>
      {t("sources.new")}
    </Button>
  ) : null;
  const isEmpty = query.data?.items.length === 0;
  return (
    <Page title={t("nav.sources")} lead={t("sources.lead")} actions={isEmpty ? undefined : add}>
      <div className="lw-card">
        <Listed
          query={query}
          nothing={<Notice icon={IconInbox} title={t("sources.none")} text={t("sources.noneText")} action={add} />}
        >
          {(items) => <SourceTable items={items} />}
        </Listed>
      </div>
      <NewSource opened={isNew} onClose={() => setNew(false)} />
    </Page>
  );
}

function SourceTable({ items }: { readonly items: readonly SourceView[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      minWidth={640}
      headings={[
        t("sources.name"),
        t("common.state"),
        { ta: "right", children: t("sources.responses") },
        { ta: "right", children: t("sources.heldBack") },
        t("sources.lastEvent"),
      ]}
    >
      {items.map((source) => (
        <SourceRow key={source.id} source={source} />
      ))}
    </ListTable>
  );
}

function SourceRow({ source }: { readonly source: SourceView }) {
  const { t, i18n } = useTranslation();
  const { id, name, state, responses, quarantined, lastEventAt } = source;
  return (
    <Table.Tr className="lw-row">
      <Table.Td>
        <Link to="/sources/$id" params={{ id }} className="lw-row-link">
          {name}
        </Link>
      </Table.Td>
      <Table.Td>
        <StateMark state={state} />
      </Table.Td>
      <Table.Td ta="right" className="lw-numbers">
        {formatNumber(responses, i18n.language)}
      </Table.Td>
      <Table.Td
        ta="right"
        className="lw-numbers"
        c={quarantined > 0 ? "var(--lw-stuck)" : "dimmed"}
        fw={quarantined > 0 ? 600 : 400}
      >
        {formatNumber(quarantined, i18n.language)}
      </Table.Td>
      <Table.Td c="dimmed">{lastEventAt === null ? t("common.never") : <Time at={lastEventAt} />}</Table.Td>
    </Table.Tr>
  );
}
