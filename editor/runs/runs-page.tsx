import { IconPlayerTrackNext, IconSearch, IconX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { LinkButton } from "../ui/links.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Older } from "../ui/older.js";
import { Page } from "../ui/page.js";
import { ViewTabs } from "../views/view-tabs.js";
import { BulkBar } from "./bulk-bar.js";
import { FailureGroups } from "./failure-groups.js";
import { FilterBar } from "./filter/filter-bar.js";
import { bare, isFiltered, isSame, statesOf } from "./filter/parts.js";
import { useOpenedRun } from "./opened-run.js";
import { runAddressSchema, type RunAddress } from "./run-address.js";
import { RunList } from "./run-list.js";
import { useSideKeys } from "./side-keys.js";
import "./runs.css";

/** It brings along all that a run is made of, which the list does without. */
const RunSide = lazy(async () => ({ default: (await import("./run-side.js")).RunSide }));

export function RunsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { run: _, ...filter } = useSearch({ from: "/runs" });
  const address = bare(filter);
  const go = (next: RunAddress) => void navigate({ to: "/runs", search: next });
  const person = useShownPerson(address);
  return (
    <Page title={t("nav.runs")} lead={t("runs.lead")}>
      <ViewTabs
        page="runs"
        filter={viewOf(address)}
        isSame={(filter) => isSame(runAddressSchema.parse(filter), address)}
        onOpen={(filter) => go(runAddressSchema.parse(filter))}
      />
      <FilterBar address={address} onChange={go} person={person} />
      {statesOf(address).includes("stuck") && <FailureGroups flowId={address.flowId} />}
      <Runs key={JSON.stringify(address)} address={address} />
    </Page>
  );
}

const viewOf = (address: RunAddress): Record<string, string | number> =>
  Object.fromEntries(Object.entries(address).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** The list of one person's runs says who that is. */
function useShownPerson(address: RunAddress): (contactId: string) => string | undefined {
  const { data } = useInfiniteQuery({ ...queries.runs(address), enabled: address.contactId !== undefined });
  return (id) => data?.pages[0]?.items.find(({ contactId }) => contactId === id)?.contactName ?? undefined;
}

function Runs({ address }: { readonly address: RunAddress }) {
  const mayAct = useMay()("runs:act");
  const query = useInfiniteQuery(queries.runs(address));
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const [ids, set] = useState<ReadonlySet<string>>(new Set());
  const opened = useOpenedRun();
  useSideKeys(items, opened);
  if (opened.id !== undefined && !opened.open) return <Navigate to="/runs/$id" params={{ id: opened.id }} replace />;
  return (
    <>
      <div className="lw-runs" data-side={opened.id !== undefined}>
        <div className="lw-card lw-runs-list">
          <Loaded query={query}>
            {() => {
              if (items.length > 0)
                return <RunList items={items} choice={mayAct ? { ids, set } : null} opened={opened} />;
              return query.hasNextPage ? <NoneYet /> : <NoRuns isFiltered={isFiltered(address)} />;
            }}
          </Loaded>
          <Older query={query} p="sm" className="lw-run-more" />
        </div>
        {opened.id !== undefined && (
          <Suspense>
            <RunSide runId={opened.id} onClose={opened.close} />
          </Suspense>
        )}
      </div>
      <BulkBar ids={[...ids]} onDone={() => set(new Set())} />
    </>
  );
}

/** The newest runs were looked at, and older ones were not. */
function NoneYet() {
  const { t } = useTranslation();
  return <Notice icon={IconSearch} title={t("runs.noneYet")} text={t("runs.noneYetText")} />;
}

function NoRuns({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useTranslation();
  if (isFiltered) {
    return (
      <Notice
        icon={IconX}
        title={t("runs.noneMatch")}
        text={t("runs.noneMatchText")}
        action={
          <LinkButton variant="default" to="/runs" search={{}}>
            {t("runs.clear")}
          </LinkButton>
        }
      />
    );
  }
  return (
    <Notice
      icon={IconPlayerTrackNext}
      title={t("runs.none")}
      text={t("runs.noneText")}
      action={<LinkButton to="/flows">{t("runs.toFlows")}</LinkButton>}
    />
  );
}
