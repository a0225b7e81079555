import { Button, Group, Table, Text } from "@mantine/core";
import { IconFileUpload, IconPlus, IconRoute, IconTemplate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FlowSummary } from "../../server/flows/flow-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { LinkButton } from "../ui/links.js";
import { ListTable } from "../ui/list-table.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";
import { StateMark } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";
import { FlowMenu } from "./flow-menu.js";
import { RunCounts } from "./run-counts.js";
import "./flows.css";

/** They bring the language of flows along, which the list does without. */
const NewFlow = lazy(async () => ({ default: (await import("./new-flow.js")).NewFlow }));
const ImportFlow = lazy(async () => ({ default: (await import("../flow-files/import-flow.js")).ImportFlow }));

/** True from the first time on. */
function useOnce(is: boolean): boolean {
  const [was, setWas] = useState(is);
  if (is && !was) setWas(true);
  return was || is;
}

export function FlowsPage() {
  const { t } = useTranslation();
  const [isNew, setNew] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const wasNew = useOnce(isNew);
  const wasImporting = useOnce(isImporting);
  const query = useQuery(queries.flows());
  const add = useMay()("flows:edit") ? (
    <Group gap="xs" wrap="nowrap">
      <Button variant="default" leftSection={<IconFileUpload size={16} />} onClick={() => setImporting(true)}>
        {t("flowFile.take")}
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setNew(true)}>
        {t("flows.new")}
      </Button>
    </Group>
  ) : null;
  const isEmpty = query.data?.items.length === 0;
  return (
    <Page title={t("nav.flows")} lead={t("flows.lead")} actions={isEmpty ? undefined : add}>
      <div className="lw-card">
        <Listed
          query={query}
          nothing={
            <Notice icon={IconRoute} title={t("flows.none")} text={<Examples />} action={add && <Begin add={add} />} />
          }
        >
          {(items) => <FlowTable items={items} />}
        </Listed>
      </div>
      <Suspense>
        {wasNew && <NewFlow opened={isNew} onClose={() => setNew(false)} />}
        {wasImporting && <ImportFlow opened={isImporting} onClose={() => setImporting(false)} />}
      </Suspense>
    </Page>
  );
}

/** The rule line first; or what others do already. */
function Begin({ add }: { readonly add: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      {add}
      <LinkButton to="/templates" variant="default" leftSection={<IconTemplate size={16} stroke={1.7} />}>
        {t("templates.start")}
      </LinkButton>
    </>
  );
}

function Examples() {
  const { t } = useTranslation();
  return (
    <>
      <Text fz="sm">{t("flows.noneText")}</Text>
      <ul className="lw-examples">
        <li>{t("flows.example.callback")}</li>
        <li>{t("flows.example.approval")}</li>
        <li>{t("flows.example.thanks")}</li>
      </ul>
    </>
  );
}

function FlowTable({ items }: { readonly items: readonly FlowSummary[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      minWidth={640}
      headings={[t("flows.rule"), t("common.state"), t("flows.runs"), t("flows.updated"), { w: 48 }]}
    >
      {items.map((flow) => (
        <FlowRow key={flow.id} flow={flow} />
      ))}
    </ListTable>
  );
}

function FlowRow({ flow }: { readonly flow: FlowSummary }) {
  const { t } = useTranslation();
  const { id, name, state, version, unpublishedChanges, updatedAt } = flow;
  return (
    <Table.Tr className="lw-row">
      <Table.Td>
        <Link to="/flows/$id" params={{ id }} className="lw-row-link">
          {name}
        </Link>
        <Text fz={12} c="dimmed">
          {version === null ? t("flows.neverPublished") : t("flows.version", { version })}
          {version !== null && unpublishedChanges && ` · ${t("flows.changed")}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <StateMark state={state} />
      </Table.Td>
      <Table.Td>
        <RunCounts flow={flow} />
      </Table.Td>
      <Table.Td c="dimmed" className="lw-nowrap">
        <Time at={updatedAt} />
      </Table.Td>
      <Table.Td>
        <FlowMenu flow={flow} />
      </Table.Td>
    </Table.Tr>
  );
}
