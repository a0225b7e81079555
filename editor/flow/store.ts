import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { groupKey, noteKey } from "../canvas/canvas-ids.js";
import { fieldNames, leftField, nothingSeen } from "./left-fields.js";
import type { Seen } from "./left-fields.js";

export interface EditOptions {
  readonly select?: readonly string[];
  /** Edits with one tag, made in quick succession, are one step of undo: a typed word, not its letters. */
  readonly tag?: string;
}

export interface FlowState {
  /** Of the draft's fields and steps: what is missing is an error only where its author has been. */
  readonly seen: Seen;
  readonly draft: FlowDraft;
  readonly selected: readonly string[];
  /** The field that a problem pointed at, until something else is selected. */
  readonly focusField: string | null;
  readonly edit: (change: (draft: FlowDraft) => FlowDraft, options?: EditOptions) => void;
  readonly select: (ids: readonly string[], focusField?: string | null) => void;
  /** The field, by its name in the form, was left. */
  readonly leave: (nodeId: string, field: string) => void;
  /** Publishing was tried with the steps that there are. */
  readonly tryPublishing: () => void;
}

/** What is selected alone. */
export const onlySelected = ({ selected }: Pick<FlowState, "selected">): string | null =>
  selected.length === 1 ? (selected[0] ?? null) : null;

const ONE_STEP_WITHIN = 1_000;

function createBursts(now: () => number) {
  let last = { tag: "", at: 0 };
  let continues = false;
  return {
    note: (tag: string) => {
      continues = tag !== "" && tag === last.tag && now() - last.at < ONE_STEP_WITHIN;
      last = { tag, at: now() };
    },
    continues: () => continues,
    end: () => (last = { tag: "", at: 0 }),
  };
}

const withLeft = (seen: Seen, nodeIds: readonly string[], fields: readonly string[]): Seen => ({
  ...seen,
  left: new Set([...seen.left, ...nodeIds.flatMap((id) => fields.map((field) => leftField(id, field)))]),
});

const selecting = (seen: Seen, ids: readonly string[], focusField: string | null) => ({
  selected: ids,
  focusField,
  // A field that the problem list leads to is seen by that.
  ...(focusField !== null && { seen: withLeft(seen, ids, fieldNames(focusField)) }),
});

/** What of a document can be selected. */
const keysIn = ({ nodes, notes = [], groups = [] }: FlowDraft): string[] => [
  ...nodes.map(({ id }) => id),
  ...notes.map(({ id }) => noteKey(id)),
  ...groups.map(({ id }) => groupKey(id)),
];

function stillIn(draft: FlowDraft, selected: readonly string[]): string[] {
  const there = new Set(keysIn(draft));
  return selected.filter((key) => there.has(key));
}

function createFollowing(show: (draft: FlowDraft) => void) {
  let isFollowing = false;
  return {
    /** Shows what somebody else saved. It is no edit, and nothing can be undone beyond it: that would undo theirs. */
    follow: (draft: FlowDraft) => {
      isFollowing = true;
      show(draft);
      isFollowing = false;
    },
    /** While subscribers hear of that. */
    isFollowing: () => isFollowing,
  };
}

function createHolding() {
  let isHeld = false;
  return {
    /** While somebody else edits nothing is changed here, by whatever way: what was open before, undo, a version that is brought back. */
    hold: (held: boolean) => {
      isHeld = held;
    },
    isHeld: () => isHeld,
  };
}

/** Undo is a stack of documents, without a limit: they share all that did not change. Selection and focus are not part of it. */
export function createFlowStore(draft: FlowDraft, now: () => number = Date.now) {
  const bursts = createBursts(now);
  const holding = createHolding();
  const store = createStore<FlowState>()(
    temporal(
      (set) => ({
        draft,
        seen: nothingSeen,
        selected: [],
        focusField: null,
        edit: (change, { select, tag = "" } = {}) => {
          if (holding.isHeld()) return;
          bursts.note(tag);
          set((state) => ({ draft: change(state.draft), ...(select && { selected: select, focusField: null }) }));
        },
        select: (ids, focusField = null) => set(({ seen }) => selecting(seen, ids, focusField)),
        leave: (nodeId, field) => set(({ seen }) => ({ seen: withLeft(seen, [nodeId], [field]) })),
        tryPublishing: () =>
          set(({ seen, draft: { nodes } }) => ({ seen: { ...seen, tried: new Set(nodes.map(({ id }) => id)) } })),
      }),
      {
        partialize: ({ draft: document }) => ({ draft: document }),
        equality: (before, after) => before.draft === after.draft,
        handleSet: (record) => (before) => {
          if (!bursts.continues()) record(before);
        },
      },
    ),
  );
  const following = createFollowing((next) => {
    store.setState(({ selected }) => ({ draft: next, selected: stillIn(next, selected) }));
    store.temporal.getState().clear();
    bursts.end();
  });
  const travel = (go: () => void) => () => {
    if (holding.isHeld()) return;
    bursts.end();
    go();
    // What is selected may be gone now.
    const { draft: now, selected, select } = store.getState();
    select(stillIn(now, selected));
  };
  return Object.assign(store, {
    ...following,
    hold: holding.hold,
    undo: travel(() => store.temporal.getState().undo()),
    redo: travel(() => store.temporal.getState().redo()),
  });
}

export type FlowStore = ReturnType<typeof createFlowStore>;
