import type { Note } from "../../workflows/flow/notes.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { snap } from "./edit.js";
import type { Point } from "./edit.js";

/** Edits of sticky notes: words beside the flow. */

const none: readonly Note[] = [];
export const notesOf = ({ notes }: Pick<FlowDraft, "notes">): readonly Note[] => notes ?? none;

/** The document with these notes; without any it has no such part, as if there never had been one. */
export function withNotes({ notes: _, ...flow }: FlowDraft, notes: readonly Note[]): FlowDraft {
  return notes.length === 0 ? flow : { ...flow, notes: [...notes] };
}

export function freshNoteId(flow: FlowDraft): string {
  const taken = new Set(notesOf(flow).map(({ id }) => id));
  let number = 1;
  while (taken.has(`note${String(number)}`)) number += 1;
  return `note${String(number)}`;
}

const USUAL_SIZE = { width: 224, height: 128 };

export function addNote(flow: FlowDraft, at: Point): { readonly flow: FlowDraft; readonly id: string } {
  const id = freshNoteId(flow);
  const note: Note = { id, text: "", position: snap(at), size: USUAL_SIZE, colour: "yellow" };
  return { flow: withNotes(flow, [...notesOf(flow), note]), id };
}

export const changeNote = (flow: FlowDraft, id: string, change: Partial<Omit<Note, "id">>): FlowDraft =>
  withNotes(
    flow,
    notesOf(flow).map((note) => (note.id === id ? { ...note, ...change } : note)),
  );

export function removeNotes(flow: FlowDraft, ids: readonly string[]): FlowDraft {
  const left = notesOf(flow).filter(({ id }) => !ids.includes(id));
  return left.length === notesOf(flow).length ? flow : withNotes(flow, left);
}

const away = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Where notes come to stand when cards move: as far from the nearest card as before, for that is the one they speak of. */
export function placesBeside(flow: FlowDraft, moved: Readonly<Record<string, Point>>): Readonly<Record<string, Point>> {
  return Object.fromEntries(
    notesOf(flow).flatMap(({ id, position: at }) => {
      const [nearest] = flow.nodes.toSorted((a, b) => away(a.position, at) - away(b.position, at));
      const to = nearest && moved[nearest.id];
      return to ? [[id, { x: at.x + to.x - nearest.position.x, y: at.y + to.y - nearest.position.y }]] : [];
    }),
  );
}

export function moveNotes(flow: FlowDraft, positions: Readonly<Record<string, Point>>): FlowDraft {
  if (!flow.notes?.some(({ id }) => positions[id])) return flow;
  return withNotes(
    flow,
    flow.notes.map((note) => {
      const to = positions[note.id];
      return to ? { ...note, position: snap(to) } : note;
    }),
  );
}
