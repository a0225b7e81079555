import { z } from "zod";
import { groupSchema, MAX_GROUPS, MAX_NOTES, noteSchema } from "../../workflows/flow/notes.js";
import { draftNodeSchema, edgeSchema, MAX_NODES } from "../../workflows/flow/schema.js";
import type { DraftNode, Edge, FlowDraft } from "../../workflows/flow/schema.js";
import { freshId, snap } from "./edit.js";
import type { Point } from "./edit.js";
import { isWithinLimits } from "./limits.js";
import { groupsOf, groupNodes } from "./groups.js";
import { freshNoteId, notesOf, withNotes } from "./notes.js";

/** Steps, the connections among them, and notes, as text that can stand on the clipboard and be pasted into any flow. */
const clipSchema = z.object({
  /** The mark by which a paste knows that this is for it. */
  loopwright: z.literal("steps"),
  nodes: z.array(draftNodeSchema).max(MAX_NODES),
  edges: z.array(edgeSchema),
  notes: z.array(noteSchema).max(MAX_NOTES),
  groups: z.array(groupSchema).max(MAX_GROUPS),
});
export type Clip = z.infer<typeof clipSchema>;

interface Chosen {
  readonly steps: readonly string[];
  readonly notes: readonly string[];
}

/** What is chosen; null when that is nothing. Groups come along when all their steps do. */
export function clipOf(flow: FlowDraft, { steps, notes }: Chosen): Clip | null {
  const chosen = new Set(steps);
  const clip: Clip = {
    loopwright: "steps",
    nodes: flow.nodes.filter(({ id }) => chosen.has(id)),
    edges: flow.edges.filter(({ from, to }) => chosen.has(from) && chosen.has(to)),
    notes: notesOf(flow).filter(({ id }) => notes.includes(id)),
    groups: groupsOf(flow).filter(({ nodeIds }) => nodeIds.every((id) => chosen.has(id))),
  };
  return clip.nodes.length + clip.notes.length === 0 ? null : clip;
}

export const clipText = (clip: Clip): string => JSON.stringify(clip, null, 2);

/** Null for anything that no flow put on the clipboard. */
export function readClip(text: string): Clip | null {
  try {
    return clipSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export interface Pasted {
  readonly flow: FlowDraft;
  readonly steps: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The clip's parts with ids of their own, moved by so much. Texts and conditions that name a step of the clip name its copy. A trigger
 * is pasted only where there is none. Null when the flow would have more steps or notes than it may.
 */
export function pasteClip(flow: FlowDraft, clip: Clip, by: Point): Pasted | null {
  const names = new Map<string, string>();
  let grown = flow;
  for (const node of clip.nodes) {
    if (node.type === "trigger" && grown.nodes.some(({ type }) => type === "trigger")) continue;
    const id = freshId(grown, node.id.replace(/\d+$/, ""));
    names.set(node.id, id);
    grown = { ...grown, nodes: [...grown.nodes, { ...node, id, position: moved(node.position, by) }] };
  }
  const copies = new Set(names.values());
  const nodes = grown.nodes.map((node) => (copies.has(node.id) ? renamed(node, names) : node));
  const edges = clip.edges.flatMap((edge) => renamedEdge(edge, names));
  grown = withClipGroups({ ...grown, nodes, edges: [...grown.edges, ...edges] }, clip, names);
  return withClipNotes(grown, { clip, by, steps: [...copies] });
}

const moved = ({ x, y }: Point, by: Point): Point => snap({ x: x + by.x, y: y + by.y });

function renamedEdge({ from, output, to }: Edge, names: ReadonlyMap<string, string>): Edge[] {
  const [newFrom, newTo] = [names.get(from), names.get(to)];
  return newFrom !== undefined && newTo !== undefined ? [{ from: newFrom, output, to: newTo }] : [];
}

const renamed = (node: DraftNode, names: ReadonlyMap<string, string>): DraftNode => ({
  ...node,
  config: Object.fromEntries(Object.entries(node.config).map(([key, value]) => [key, renamedIn(value, names)])),
});

function renamedIn(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    return value.replace(/\bsteps\.([A-Za-z]\w*)/g, (said, id: string) => `steps.${names.get(id) ?? said.slice(6)}`);
  }
  if (Array.isArray(value)) return value.map((item) => renamedIn(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamedIn(item, names)]));
}

function withClipGroups(flow: FlowDraft, { groups }: Clip, names: ReadonlyMap<string, string>): FlowDraft {
  const pasted = groups.map(({ title, nodeIds }) => ({ title, ids: nodeIds.flatMap((id) => names.get(id) ?? []) }));
  return pasted.reduce((grown, { ids, title }) => groupNodes(grown, ids, title), flow);
}

interface Pasting {
  readonly clip: Clip;
  readonly by: Point;
  readonly steps: readonly string[];
}

function withClipNotes(flow: FlowDraft, { clip, by, steps }: Pasting): Pasted | null {
  const notes: string[] = [];
  let grown = flow;
  for (const note of clip.notes) {
    const id = freshNoteId(grown);
    notes.push(id);
    grown = withNotes(grown, [...notesOf(grown), { ...note, id, position: moved(note.position, by) }]);
  }
  return isWithinLimits(grown) ? { flow: grown, steps, notes } : null;
}

/** By how much a clip is to be moved so that its corner stands there, or next to what stands there already. */
export function shiftTo(flow: FlowDraft, { nodes, notes }: Clip, at: Point): Point {
  const corners = [...nodes, ...notes].map(({ position }) => position);
  const corner = { x: Math.min(...corners.map(({ x }) => x)), y: Math.min(...corners.map(({ y }) => y)) };
  const taken = new Set([...flow.nodes, ...notesOf(flow)].map(({ position: { x, y } }) => `${String(x)} ${String(y)}`));
  const isTaken = (by: Point) =>
    corners.some((place) => taken.has(`${String(moved(place, by).x)} ${String(moved(place, by).y)}`));
  let by = { x: at.x - corner.x, y: at.y - corner.y };
  while (isTaken(by)) by = { x: by.x + NEXT_TO, y: by.y + NEXT_TO };
  return by;
}

const NEXT_TO = 32;

/** Copies stand a little below; a trigger is not copied, since a flow has one. */
export function duplicate(flow: FlowDraft, chosen: Chosen): Pasted | null {
  const clip = clipOf(flow, chosen);
  return clip && pasteClip(flow, clip, { x: NEXT_TO, y: NEXT_TO });
}
