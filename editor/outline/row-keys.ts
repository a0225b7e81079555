import { useCallback, useRef } from "react";
import type { KeyboardEvent } from "react";
import { useBenchStore } from "../canvas/bench.js";
import { withoutChosen } from "../canvas/chosen.js";
import { useAddAfter } from "../canvas/use-add-after.js";
import { removeEdge } from "../flow/edit.js";
import { NAME_FIELD } from "../flow/own-fields.js";
import { freeSpot, placeBehind } from "../flow/place.js";
import { useFlowStore } from "../flow/store-context.js";
import type { SaidRow } from "./use-rows.js";
import { isWalk, typedTo, walkBy } from "./walk.js";

interface Keyed {
  readonly rows: readonly SaidRow[];
  readonly current: SaidRow | undefined;
  readonly goTo: (row: SaidRow, also?: boolean) => void;
  readonly mayEdit: boolean;
}

const ONE_WORD_WITHIN = 700;

/** Letters typed quickly after one another are one word. */
function useTyped() {
  const last = useRef({ word: "", at: 0 });
  return (letter: string, at: number) => {
    const word = at - last.current.at < ONE_WORD_WITHIN ? last.current.word + letter : letter;
    last.current = { word, at };
    return word;
  };
}

/** Enter: the form of a step, the step that is referred to, or what may stand at a way out that is open. */
function useOpen({ rows, goTo, mayEdit }: Omit<Keyed, "current">) {
  const store = useFlowStore();
  const bench = useBenchStore();
  return useCallback(
    (row: SaidRow) => {
      const { draft, select } = store.getState();
      const target = rows.find(({ kind, nodeId }) => kind === "step" && nodeId === row.nodeId);
      if (row.kind === "step") select([row.nodeId], NAME_FIELD);
      if (row.kind === "refer" && target) goTo(target);
      if (row.kind !== "open" || !row.by || !mayEdit) return;
      const { from, output } = row.by;
      const at = freeSpot(draft, placeBehind(draft, from));
      bench.setState({ adding: { kind: "output", from, output, at } });
    },
    [store, bench, rows, goTo, mayEdit],
  );
}

const chosenWith = (id: string, selected: readonly string[]) => (selected.includes(id) ? selected : [id]);

/** Delete: the step, so that its chain goes on; of a reference the connection. What comes next is gone to. */
function useRemove({ rows, goTo }: Pick<Keyed, "rows" | "goTo">) {
  const store = useFlowStore();
  return (row: SaidRow) => {
    const { edit, selected } = store.getState();
    const ids = row.kind === "step" ? chosenWith(row.nodeId, selected) : [];
    const isLeft = (one: SaidRow) => one.kind === "step" && !ids.includes(one.nodeId);
    const at = rows.indexOf(row);
    const next = rows.slice(at).find(isLeft) ?? rows.slice(0, at).findLast(isLeft);
    const { by } = row;
    if (row.kind === "refer" && by) edit((draft) => removeEdge(draft, { ...by, to: row.nodeId }));
    if (row.kind === "step") edit((draft) => withoutChosen(draft, ids), { select: [] });
    if (row.kind !== "open" && next) goTo(next);
  };
}

/** What may begin a title; the rest means something else. */
const isLetter = (key: string): boolean => key.length === 1 && ![" ", "+", "?", "/"].includes(key);

export function useRowKeys({ rows, current, goTo, mayEdit }: Keyed) {
  const typed = useTyped();
  const addAfter = useAddAfter();
  const open = useOpen({ rows, goTo, mayEdit });
  const remove = useRemove({ rows, goTo });
  const textOf = ({ kind, title }: SaidRow) => (kind === "step" ? title : "");

  const targetOf = (event: KeyboardEvent, at: number) =>
    isWalk(event.key) ? walkBy(event.key, rows, at) : typedTo(rows.map(textOf), at, typed(event.key, event.timeStamp));
  const walk = (event: KeyboardEvent, at: number) => {
    if (!isWalk(event.key) && !isLetter(event.key)) return false;
    const row = rows[targetOf(event, at) ?? -1];
    if (row) goTo(row, event.shiftKey && isWalk(event.key));
    return true;
  };
  const follow = (row: SaidRow) => (row.kind === "step" ? addAfter(row.nodeId)?.() : open(row));
  const edits: Readonly<Record<string, (row: SaidRow) => void>> = {
    Delete: remove,
    Backspace: remove,
    Insert: follow,
    "+": follow,
  };
  const act = (key: string, row: SaidRow) => {
    const run = key === "Enter" || key === " " ? open : mayEdit ? edits[key] : undefined;
    run?.(row);
    return run !== undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event.key, current) || walk(event, rows.indexOf(current))) event.preventDefault();
  };
  return { onKeyDown, open };
}
