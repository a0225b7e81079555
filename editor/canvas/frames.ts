import type { Node as CanvasNode } from "@xyflow/react";
import type { Group, Note } from "../../workflows/flow/notes.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import type { Point } from "../flow/edit.js";
import { groupsOf } from "../flow/groups.js";
import { notesOf } from "../flow/notes.js";
import { groupKey, noteKey } from "./canvas-ids.js";
import type { CardNode, WayEdge } from "./projection.js";

/** Notes, frames around groups, and groups folded into one card, as the canvas shows them. */

export type NoteNode = CanvasNode<{ readonly note: Note }, "note">;
export type FrameNode = CanvasNode<{ readonly group: Group }, "frame">;
export interface Folded extends Record<string, unknown> {
  readonly group: Group;
  readonly problems: number;
}
export type FoldedNode = CanvasNode<Folded, "folded">;
export type BenchNode = CardNode | NoteNode | FrameNode | FoldedNode;

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

const AROUND = 20;
const HEAD = 40;
const BEHIND = { frame: -2, note: -1 } as const;
/** Of a folded group: the way out that all ways out of it start at. */
export const OUT = "out";

/** The smallest box around these; null around nothing. */
export function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where a group stands: its frame, or the one card that it is folded into. */
export function placeOf({ nodeIds, collapsed }: Group, boxOf: (id: string) => Box | undefined): Box | null {
  const bounds = boundsOf(nodeIds.flatMap((id) => boxOf(id) ?? []));
  if (!bounds || collapsed) return bounds;
  const { x, y, width, height } = bounds;
  return { x: x - AROUND, y: y - HEAD, width: width + 2 * AROUND, height: height + HEAD + AROUND };
}

export function toFrames(groups: readonly Group[], boxOf: (id: string) => Box | undefined): FrameNode[] {
  return groups.flatMap((group): FrameNode[] => {
    const box = group.collapsed ? null : placeOf(group, boxOf);
    if (!box) return [];
    const { x, y, width, height } = box;
    return [
      {
        id: groupKey(group.id),
        type: "frame",
        position: { x, y },
        width,
        height,
        measured: { width, height },
        zIndex: BEHIND.frame,
        dragHandle: ".lw-frame-head",
        data: { group },
      },
    ];
  });
}

export const toNotes = (draft: Pick<FlowDraft, "notes">): NoteNode[] =>
  notesOf(draft).map((note) => ({
    id: noteKey(note.id),
    type: "note",
    position: note.position,
    ...note.size,
    measured: note.size,
    zIndex: BEHIND.note,
    dragHandle: ".lw-note-head",
    data: { note },
  }));

const foldedOf = (draft: Pick<FlowDraft, "groups">) => groupsOf(draft).filter(({ collapsed }) => collapsed);

export function toFolded(draft: FlowDraft, cards: readonly CardNode[]): FoldedNode[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  return foldedOf(draft).flatMap((group): FoldedNode[] => {
    const members = group.nodeIds.flatMap((id) => byId.get(id) ?? []);
    const place = boundsOf(members.map(({ position }) => ({ ...position, width: 0, height: 0 })));
    if (!place) return [];
    const problems = members.reduce((sum, { data }) => sum + data.problems.length, 0);
    const { x, y } = place;
    return [{ id: groupKey(group.id), type: "folded", position: { x, y }, data: { group, problems } }];
  });
}

/** By step: the canvas's id of the folded group that hides it. */
export const hiddenBy = (draft: Pick<FlowDraft, "groups">): ReadonlyMap<string, string> =>
  new Map(foldedOf(draft).flatMap(({ id, nodeIds }) => nodeIds.map((node) => [node, groupKey(id)] as const)));

/** Ways into and out of a folded group lead to its card; those within it are not seen. */
export function rerouted(ways: readonly WayEdge[], hidden: ReadonlyMap<string, string>): WayEdge[] {
  if (hidden.size === 0) return [...ways];
  return ways.flatMap((way): WayEdge[] => {
    const [source, target] = [hidden.get(way.source), hidden.get(way.target)];
    if (source !== undefined && source === target) return [];
    return [
      { ...way, ...(source !== undefined && { source, sourceHandle: OUT }), ...(target !== undefined && { target }) },
    ];
  });
}

/** Moving a group moves its steps: the places of its steps when it is moved from here to there. */
export function movedMembers(
  { nodeIds }: Group,
  { from, to }: { readonly from: Point; readonly to: Point },
  positionOf: (id: string) => Point | undefined,
): readonly (readonly [string, Point])[] {
  return nodeIds.flatMap((id) => {
    const at = positionOf(id);
    return at ? [[id, { x: at.x + to.x - from.x, y: at.y + to.y - from.y }] as const] : [];
  });
}
