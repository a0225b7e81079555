import { IconEyeCheck, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { EntryFilter } from "../../server/oversight/oversight-api.js";
import { queries } from "../api/queries.js";
import { LinkButton } from "../ui/links.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { EntryDrawer } from "./entry-drawer.js";
import { EntryFilters } from "./entry-filters.js";
import { EntryTable } from "./entry-table.js";

/** Every source and connection that fits; one of them opens at the side. */
export function Entries() {
  const { tab: _tab, thing, ...filter } = useSearch({ from: "/oversight" });
  const query = useQuery(queries.overseen(filter));
  return (
    <>
      <EntryFilters filter={filter} />
      <div className="lw-card">
        <Listed query={query} nothing={<Nothing filter={filter} />}>
          {(items) => <EntryTable items={items} />}
        </Listed>
      </div>
      <EntryDrawer entry={query.data?.items.find(({ id }) => id === thing)} />
    </>
  );
}

function Nothing({ filter }: { readonly filter: EntryFilter }) {
  const { t } = useTranslation();
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  if (!isFiltered) return <Notice icon={IconEyeCheck} title={t("oversight.none")} text={t("oversight.noneText")} />;
  return (
    <Notice
      icon={IconX}
      title={t("oversight.noneMatch")}
      text={t("oversight.noneMatchText")}
      action={
        <LinkButton variant="default" to="/oversight" search={{}}>
          {t("oversight.clear")}
        </LinkButton>
      }
    />
  );
}
