import { Group, Select } from "@mantine/core";
import { IconPlayerTrackNext, IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/links.js";
import { runStateSchema } from "../../server/runs/run-filter-api.js";
import { queries } from "../api/queries.js";
import type { RunAddress } from "./run-address.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Older } from "../ui/older.js";
import { Page } from "../ui/page.js";
import { RunList } from "./run-list.js";
import "./runs.css";

export function RunsPage() {
  const { t } = useTranslation();
  const filter = useSearch({ from: "/runs" });
  const query = useInfiniteQuery(queries.runs(filter));
  const isFiltered = filter.state !== undefined || filter.flowId !== undefined;
  return (
    <Page title={t("nav.runs")} lead={t("runs.lead")} actions={<Filters filter={filter} />}>
      <div className="lw-card">
        <Loaded query={query}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            return items.length === 0 ? <NoRuns isFiltered={isFiltered} /> : <RunList items={items} />;
          }}
        </Loaded>
        <Older query={query} p="sm" className="lw-run-more" />
      </div>
    </Page>
  );
}

/** The filter reads as a sentence, and the address carries it: a filtered list can be sent to someone. */
function Filters({ filter }: { readonly filter: RunAddress }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const flows = useQuery(queries.flows()).data?.items ?? [];
  const set = (change: Partial<RunAddress>) => void navigate({ to: "/runs", search: { ...filter, ...change } });
  return (
    <Group gap="xs" className="lw-run-filters">
      <Select
        aria-label={t("runs.filterFlow")}
        placeholder={t("runs.anyFlow")}
        w={{ base: "100%", xs: 280 }}
        clearable
        searchable
        data={flows.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.flowId ?? null}
        onChange={(flowId) => set({ flowId: flowId ?? undefined })}
      />
      <Select
        aria-label={t("runs.filterState")}
        placeholder={t("runs.anyState")}
        w={{ base: "100%", xs: 170 }}
        clearable
        data={runStateSchema.options.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={filter.state ?? null}
        onChange={(state) => set({ state: runStateSchema.safeParse(state).data })}
      />
    </Group>
  );
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
