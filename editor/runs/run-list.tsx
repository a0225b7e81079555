import { Checkbox, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../server/runs/run-api.js";
import { formatLength } from "../ui/format.js";
import { Day, Time } from "../ui/time.js";
import type { OpenedRun } from "./opened-run.js";
import { RunMark } from "./run-mark.js";
import { useRunNames } from "./run-name.js";
import { RunState } from "./run-state.js";
import { useOpenedRow } from "./use-opened-row.js";
import { useVersionWords } from "./version-words.js";

/** Heights of a row, as runs.css has them. */
const ROW = 57;
const NARROW_ROW = 133;
const NARROW = "(max-width: 640px)";
const SEEN = 12;

interface Props {
  readonly items: readonly RunSummary[];
  /** Null: the reader can do nothing to runs, so none is chosen. */
  readonly choice: Choice | null;
  readonly opened: OpenedRun;
}
export interface Choice {
  readonly ids: ReadonlySet<string>;
  readonly set: (ids: ReadonlySet<string>) => void;
}

/** Only the rows in view are in the document: a workspace has many thousands of runs. */
export function RunList({ items, choice, opened }: Props) {
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
  useOpenedRow(
    frame,
    items.findIndex(({ id }) => id === opened.id),
    rows.scrollToIndex,
  );
  return (
    <>
      <div className="lw-run-line">
        {choice && <ChooseAll items={items} choice={choice} />}
        <div className="lw-run-row lw-run-head" aria-hidden>
          <span>{t("runs.who")}</span>
          <span>{t("runs.flow")}</span>
          <span>{t("common.state")}</span>
          <span>{t("runs.started")}</span>
        </div>
      </div>
      <div ref={frame} className="lw-run-frame">
        <ul className="lw-run-list" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const run = items[index];
            return run && <RunRow key={run.id} run={run} top={start} choice={choice} opened={opened} />;
          })}
        </ul>
      </div>
    </>
  );
}

const isOver = ({ state }: RunSummary): boolean => state === "finished" || state === "cancelled";

/** Nothing can be done to what is over, so only the others are chosen. */
function ChooseAll({
  items,
  choice: { ids, set },
}: {
  readonly items: readonly RunSummary[];
  readonly choice: Choice;
}) {
  const { t } = useTranslation();
  const open = items.filter((run) => !isOver(run)).map(({ id }) => id);
  const chosen = open.filter((id) => ids.has(id)).length;
  return (
    <Checkbox
      size="xs"
      aria-label={t("manyRuns.all")}
      disabled={open.length === 0}
      checked={chosen > 0 && chosen === open.length}
      indeterminate={chosen > 0 && chosen < open.length}
      onChange={() => set(new Set(chosen === open.length ? [] : open))}
    />
  );
}

function Choose({
  run,
  who,
  choice: { ids, set },
}: {
  readonly run: RunSummary;
  readonly who: string;
  readonly choice: Choice;
}) {
  const { t } = useTranslation();
  const { id } = run;
  const toggle = () => set(new Set(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id]));
  return (
    <Checkbox
      size="xs"
      aria-label={t("manyRuns.one", { who, flow: run.flowName })}
      disabled={isOver(run)}
      checked={ids.has(id)}
      onChange={toggle}
    />
  );
}

interface RowProps extends Pick<Props, "choice" | "opened"> {
  readonly run: RunSummary;
  readonly top: number;
}

/** Only a plain press of the mouse: Enter, a new tab and a screen reader lead to the run's own page. */
const isPlainPress = ({ detail, button, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean =>
  detail > 0 && button === 0 && !ctrlKey && !metaKey && !shiftKey;

function RunRow({ run, top, choice, opened: { id: openedId, open } }: RowProps) {
  const press = (event: MouseEvent) => {
    if (!open || !isPlainPress(event)) return;
    event.preventDefault();
    open(run.id);
  };
  const versionOf = useVersionWords();
  const { nameOf, originOf } = useRunNames();
  const who = nameOf(run);
  return (
    <li className="lw-run-line" style={{ transform: `translateY(${String(top)}px)` }}>
      {choice && <Choose run={run} who={who} choice={choice} />}
      <Link
        to="/runs/$id"
        params={{ id: run.id }}
        className="lw-run-row"
        aria-current={run.id === openedId ? "true" : undefined}
        onClick={press}
      >
        <Group gap={12} wrap="nowrap" miw={0}>
          <RunMark run={run} />
          <div className="lw-run-who">
            <Text fz="sm" fw={550} truncate>
              {who}
            </Text>
            <Text fz={12} c="dimmed" truncate>
              {originOf(run)}
            </Text>
          </div>
        </Group>
        <span className="lw-run-who">
          <Text fz="sm" truncate>
            {run.flowName}
          </Text>
          <Text fz={12} c="dimmed">
            {versionOf(run)}
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
