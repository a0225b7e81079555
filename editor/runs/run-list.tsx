import { Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../server/runs/run-api.js";
import { Score } from "../feedback/score.js";
import { formatLength } from "../ui/format.js";
import { Day, Time } from "../ui/time.js";
import { RunState } from "./run-state.js";

/** Heights of a row, as runs.css has them. */
const ROW = 57;
const NARROW_ROW = 93;
const NARROW = "(max-width: 640px)";
const SEEN = 12;

/** Only the rows in view are in the document: a workspace has many thousands of runs. */
export function RunList({ items }: { readonly items: readonly RunSummary[] }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const height = useMediaQuery(NARROW) ? NARROW_ROW : ROW;
  // eslint-disable-next-line react-hooks/incompatible-library -- its results are used here only, nothing memoized gets them
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: SEEN,
  });
  useEffect(() => rows.measure(), [rows, height]);
  return (
    <>
      <div className="lw-run-row lw-run-head" aria-hidden>
        <span>{t("runs.who")}</span>
        <span>{t("runs.flow")}</span>
        <span>{t("common.state")}</span>
        <span>{t("runs.started")}</span>
      </div>
      <div ref={frame} className="lw-run-frame">
        <ul className="lw-run-list" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const run = items[index];
            return run && <RunRow key={run.id} run={run} top={start} />;
          })}
        </ul>
      </div>
    </>
  );
}

function RunRow({ run, top }: { readonly run: RunSummary; readonly top: number }) {
  const { t } = useTranslation();
  return (
    <li style={{ transform: `translateY(${String(top)}px)` }}>
      <Link to="/runs/$id" params={{ id: run.id }} className="lw-run-row">
        <Group gap={12} wrap="nowrap" miw={0}>
          <Score scored={run} />
          <div className="lw-run-who">
            <Text fz="sm" fw={550} truncate>
              {run.contactName ?? t(run.ofEmployee ? "employees.someone" : "common.someone")}
            </Text>
            <Text fz={12} c="dimmed" truncate>
              {run.sourceName}
            </Text>
          </div>
        </Group>
        <span className="lw-run-who">
          <Text fz="sm" truncate>
            {run.flowName}
          </Text>
          <Text fz={12} c="dimmed">
            {t("flows.version", { version: run.version })}
          </Text>
        </span>
        <RunState run={run} />
        <Timing run={run} />
      </Link>
    </li>
  );
}

function Timing({ run: { startedAt, finishedAt, ofEmployee } }: { readonly run: RunSummary }) {
  const { t, i18n } = useTranslation();
  if (ofEmployee) return <Day at={startedAt} />;
  const length = formatLength(startedAt, finishedAt, i18n.language);
  return (
    <span>
      <Text fz="sm">
        <Time at={startedAt} />
      </Text>
      <Text fz={12} c="dimmed" className="lw-numbers">
        {length === null ? t("runs.open") : t("runs.took", { length })}
      </Text>
    </span>
  );
}
