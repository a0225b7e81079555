import { Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../server/runs/run-api.js";
import { queries } from "../api/queries.js";
import { RunMark } from "../runs/run-mark.js";
import { useRunNames } from "../runs/run-name.js";
import { RunState } from "../runs/run-state.js";
import { LinkAnchor } from "../ui/links.js";
import { Time } from "../ui/time.js";
import { HomePart } from "./home-part.js";

const SHOWN = 5;

/** What the flows did last, as it happens; nothing before the first run. */
export function LatestRuns() {
  const { t } = useTranslation();
  const runs = useInfiniteQuery(queries.runs({}, SHOWN)).data?.pages[0]?.items ?? [];
  if (runs.length === 0) return null;
  const all = (
    <LinkAnchor to="/runs" search={{}} fz="sm">
      {t("home.allRuns")}
    </LinkAnchor>
  );
  return (
    <HomePart id="home-runs" title={t("home.latestRuns")} all={all}>
      <ul className="lw-home-list">
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </ul>
    </HomePart>
  );
}

function RunRow({ run }: { readonly run: RunSummary }) {
  const { nameOf } = useRunNames();
  return (
    <li>
      <Link to="/runs/$id" params={{ id: run.id }} className="lw-home-row lw-home-run">
        <RunMark run={run} />
        <div className="lw-home-words">
          <Text fz="sm" fw={600} truncate>
            {nameOf(run)}
          </Text>
          <Text fz={12} c="dimmed" truncate>
            {run.flowName}
          </Text>
        </div>
        <RunState run={run} plain />
        <Text fz="sm" c="dimmed" className="lw-home-when">
          <Time at={run.startedAt} />
        </Text>
      </Link>
    </li>
  );
}
