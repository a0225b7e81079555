import { removeKeepingChain } from "../flow/chain.js";
import { clipOf, clipText, duplicate, pasteClip, readClip, shiftTo } from "../flow/clip.js";
import { removeEdge, switchNodes } from "../flow/edit.js";
import type { Point } from "../flow/edit.js";
import { changeGroup, dissolveGroup, groupNodes, groupsOf } from "../flow/groups.js";
import { notesOf, removeNotes } from "../flow/notes.js";
import type { FlowStore } from "../flow/store.js";
import type { Edge, FlowDraft } from "../../workflows/flow/schema.js";
import { groupKey, noteKey, sortIds } from "./canvas-ids.js";
import { edgeId } from "./projection.js";

/** What can be done to all that is selected, each as one edit. */

const membersOf = (draft: FlowDraft, groups: readonly string[]): readonly string[] =>
  groupsOf(draft).flatMap(({ id, nodeIds }) => (groups.includes(id) ? nodeIds : []));

/** Steps, notes, and the steps of the groups that are selected. */
function chosenOf(store: FlowStore) {
  const { draft, selected } = store.getState();
  const { steps, notes, groups } = sortIds(selected);
  return { draft, chosen: { steps: [...new Set([...steps, ...membersOf(draft, groups)])], notes } };
}

/** Steps go so that their chain goes on; of a group only the frame goes; connections that are chosen go, but for those of such steps. */
export function withoutChosen(draft: FlowDraft, ids: readonly string[], edges: readonly string[] = []): FlowDraft {
  const { steps, notes, groups } = sortIds(ids);
  const isCut = (edge: Edge) => edges.includes(edgeId(edge)) && !steps.includes(edge.from) && !steps.includes(edge.to);
  const cut = draft.edges.filter(isCut).reduce(removeEdge, draft);
  const left = groups.reduce(dissolveGroup, removeNotes(cut, notes));
  return steps.length === 0 ? left : removeKeepingChain(left, steps);
}

export function removeChosen(store: FlowStore, edges: readonly string[] = []): void {
  const { selected, edit } = store.getState();
  if (selected.length + edges.length > 0) edit((draft) => withoutChosen(draft, selected, edges), { select: [] });
}

interface Ids {
  readonly steps: readonly string[];
  readonly notes: readonly string[];
}
const keysOf = ({ steps, notes }: Ids): readonly string[] => [...steps, ...notes.map(noteKey)];

export function duplicateChosen(store: FlowStore): void {
  const { draft, chosen } = chosenOf(store);
  const copy = duplicate(draft, chosen);
  if (copy && copy.flow !== draft && keysOf(copy).length > 0) {
    store.getState().edit(() => copy.flow, { select: keysOf(copy) });
  }
}

/** The text for the clipboard; null when nothing is selected. */
export function copyChosen(store: FlowStore): string | null {
  const { draft, chosen } = chosenOf(store);
  const clip = clipOf(draft, chosen);
  return clip && clipText(clip);
}

/** "nothing": the text is none of ours, or holds nothing that can stand here. "full": it would not fit any more. */
export function pasteText(store: FlowStore, text: string, at: Point): "pasted" | "nothing" | "full" {
  const { draft, edit } = store.getState();
  const clip = readClip(text);
  if (!clip || clip.nodes.length + clip.notes.length === 0) return "nothing";
  const pasted = pasteClip(draft, clip, shiftTo(draft, clip, at));
  if (!pasted) return "full";
  if (keysOf(pasted).length === 0) return "nothing";
  edit(() => pasted.flow, { select: keysOf(pasted) });
  return "pasted";
}

/** Off when any of them is on; else on. */
export function switchChosen(store: FlowStore): void {
  const { draft, chosen } = chosenOf(store);
  const steps = draft.nodes.filter(({ id }) => chosen.steps.includes(id));
  if (steps.length === 0) return;
  const off = steps.some(({ disabled }) => disabled !== true);
  store.getState().edit((flow) => switchNodes(flow, chosen.steps, off));
}

export function selectAll(store: FlowStore): void {
  const { draft, select } = store.getState();
  select([...draft.nodes.map(({ id }) => id), ...notesOf(draft).map(({ id }) => noteKey(id))]);
}

/** A group of the selected steps, which is then selected itself. */
export function groupChosen(store: FlowStore, title: string): void {
  const { draft, chosen } = chosenOf(store);
  const grouped = groupNodes(draft, chosen.steps, title);
  const made = groupsOf(grouped).at(-1);
  if (grouped !== draft && made) store.getState().edit(() => grouped, { select: [groupKey(made.id)] });
}

/** Selects a step, and unfolds the group that hides it. */
export function reveal(store: FlowStore, id: string): void {
  const { draft, edit, select } = store.getState();
  const folded = groupsOf(draft).find(({ collapsed, nodeIds }) => collapsed && nodeIds.includes(id));
  if (folded) edit((flow) => changeGroup(flow, folded.id, { collapsed: false }));
  select([id]);
}
