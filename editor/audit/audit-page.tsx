import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload, IconHistory, IconX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AuditFilter } from "../../server/audit/audit-api.js";
import { withQuery } from "../api/client.js";
import { queries } from "../api/queries.js";
import { LinkButton } from "../ui/links.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Older } from "../ui/older.js";
import { Page } from "../ui/page.js";
import { AuditFilters } from "./audit-filters.js";
import { AuditTable } from "./audit-table.js";
import { ChainLine } from "./chain-line.js";
import "./audit.css";

export function AuditPage() {
  const { t } = useTranslation();
  const filter = useSearch({ from: "/audit" });
  const query = useInfiniteQuery(queries.audit(filter));
  return (
    <Page title={t("nav.audit")} lead={t("audit.lead")} actions={<Export filter={filter} />}>
      <AuditFilters filter={filter} />
      <div className="lw-card">
        <Loaded query={query}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            return items.length === 0 ? <Nothing filter={filter} /> : <AuditTable items={items} />;
          }}
        </Loaded>
        <Older query={query} p="sm" />
      </div>
      <ChainLine />
    </Page>
  );
}

/** What is shown is what is taken along. */
function Export({ filter }: { readonly filter: AuditFilter }) {
  const { t } = useTranslation();
  const href = (format: string): string => withQuery("/api/audit/export", { ...filter, format });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} rightSection={<IconChevronDown size={14} />}>
          {t("audit.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={href("csv")} download>
          {t("audit.asCsv")}
        </Menu.Item>
        <Menu.Item component="a" href={href("jsonl")} download>
          {t("audit.asJsonl")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Nothing({ filter }: { readonly filter: AuditFilter }) {
  const { t } = useTranslation();
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  if (!isFiltered) return <Notice icon={IconHistory} title={t("audit.none")} text={t("audit.noneText")} />;
  return (
    <Notice
      icon={IconX}
      title={t("audit.noneMatch")}
      text={t("audit.noneMatchText")}
      action={
        <LinkButton variant="default" to="/audit" search={{}}>
          {t("audit.clear")}
        </LinkButton>
      }
    />
  );
}
