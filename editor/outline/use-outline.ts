import { useCallback, useEffect, useRef, useState } from "react";
import type { KeyboardEvent, MouseEvent, RefObject } from "react";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { useBench, useBenchStore } from "../canvas/bench.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { useRowKeys } from "./row-keys.js";
import { useRows } from "./use-rows.js";
import type { SaidRow } from "./use-rows.js";

export interface Outlined {
  readonly rows: readonly SaidRow[];
  /** The row that has the focus, or would get it. */
  readonly current: SaidRow | undefined;
  readonly isSelected: (row: SaidRow) => boolean;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly press: (row: SaidRow, event: MouseEvent) => void;
}

/** The row last gone to, for as long as what is selected did not change elsewhere; then the selected step's. */
function useCurrent(rows: readonly SaidRow[]) {
  const store = useFlowStore();
  const selected = useFlow((state) => state.selected);
  const [went, setWent] = useState<{ readonly key: string; readonly selected: readonly string[] } | null>(null);
  const key = went && (went.selected === selected || selected.length === 0) ? went.key : `step:${selected[0] ?? ""}`;
  const current = rows.find((row) => row.key === key) ?? rows[0];
  const goTo = useCallback(
    (row: SaidRow, also = false) => {
      const { selected: before, select } = store.getState();
      if (row.kind === "step") select(also ? [...before.filter((id) => id !== row.nodeId), row.nodeId] : [row.nodeId]);
      setWent({ key: row.key, selected: store.getState().selected });
    },
    [store],
  );
  return { current, selected, goTo };
}

/** Whoever came here by keys stays here: the focus is on the current row, also after a dialog that was opened from it. */
function useFocus(current: SaidRow | undefined) {
  const frame = useRef<HTMLDivElement>(null);
  const bench = useBenchStore();
  const isHere = useRef(bench.getState().outline === true);
  const isOpen = useBench(({ adding, menu }) => adding !== null || menu !== null);
  const key = current?.key;
  useEffect(() => {
    const row = key === undefined ? null : frame.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    row?.scrollIntoView({ block: "nearest" });
    if (isHere.current && !isOpen) row?.focus({ preventScroll: true });
  }, [key, isOpen]);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      const { adding, menu } = bench.getState();
      if (adding === null && menu === null)
        isHere.current = target instanceof Node && frame.current?.contains(target) === true;
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [bench]);
  return frame;
}

export function useOutline(problems: readonly FlowProblem[], mayEdit: boolean): Outlined {
  const rows = useRows(problems);
  const { current, selected, goTo } = useCurrent(rows);
  const frame = useFocus(current);
  const { onKeyDown, open } = useRowKeys({ rows, current, goTo, mayEdit });
  const press = useCallback(
    (row: SaidRow, event: MouseEvent) => {
      goTo(row, event.ctrlKey || event.metaKey || event.shiftKey);
      if (row.kind !== "step") open(row);
    },
    [goTo, open],
  );
  const isSelected = (row: SaidRow) => row.kind === "step" && selected.includes(row.nodeId);
  return { rows, current, isSelected, frame, onKeyDown, press };
}
