import { ActionIcon } from "@mantine/core";
import { IconGripHorizontal, IconTrash } from "@tabler/icons-react";
import { NodeResizeControl, NodeToolbar, Position } from "@xyflow/react";
import type { NodeProps } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { MAX_COMMENT, noteColours } from "../../workflows/flow/notes.js";
import type { Note } from "../../workflows/flow/notes.js";
import { changeNote, removeNotes } from "../flow/notes.js";
import { useFlowStore } from "../flow/store-context.js";
import { useMayEdit } from "../presence/looking-on.js";
import type { NoteNode } from "./frames.js";

/** The note lies behind the steps; its tools do not. */
const ABOVE = { zIndex: 20 };
const SMALLEST = { minWidth: 120, minHeight: 80 };

/** A sticky note: written where it stands, moved by its upper edge. Its tools stay as large as a finger, however far away it is. */
export const NoteView = memo(function NoteView({ data: { note }, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation();
  const store = useFlowStore();
  const mayEdit = useMayEdit();
  const text = useFocusedWhenNew(selected && note.text === "");
  return (
    <div className="lw-note" data-colour={note.colour} data-selected={selected}>
      <div className="lw-note-head">
        <IconGripHorizontal size={14} aria-hidden />
      </div>
      <textarea
        ref={text}
        className="nodrag nopan nowheel"
        aria-label={t("drawing.note")}
        placeholder={t("drawing.noteText")}
        value={note.text}
        maxLength={MAX_COMMENT}
        readOnly={!mayEdit}
        onChange={({ currentTarget: { value } }) =>
          store.getState().edit((flow) => changeNote(flow, note.id, { text: value }), { tag: `note:${note.id}` })
        }
      />
      {mayEdit && <NoteCorner id={note.id} />}
      <NodeToolbar isVisible={selected && mayEdit} position={Position.Top} align="start" offset={6} style={ABOVE}>
        <NoteTools note={note} />
      </NodeToolbar>
    </div>
  );
});

/** A note that was just put there is written at once: elsewhere a letter is a command. */
function useFocusedWhenNew(isNew: boolean) {
  const text = useRef<HTMLTextAreaElement>(null);
  const wasNew = useRef(isNew);
  useEffect(() => {
    // The canvas shows a node a moment after it made it; what is hidden takes no focus.
    const frame = wasNew.current ? requestAnimationFrame(() => text.current?.focus({ preventScroll: true })) : 0;
    return () => cancelAnimationFrame(frame);
  }, []);
  return text;
}

function NoteCorner({ id }: { readonly id: string }) {
  const store = useFlowStore();
  return (
    <NodeResizeControl
      position="bottom-right"
      className="lw-note-corner"
      {...SMALLEST}
      onResize={(_, { width, height }) => {
        const size = { width: Math.round(width), height: Math.round(height) };
        store.getState().edit((flow) => changeNote(flow, id, { size }), { tag: `size:${id}` });
      }}
    />
  );
}

function NoteTools({ note }: { readonly note: Note }) {
  const { t } = useTranslation();
  const { edit } = useFlowStore().getState();
  return (
    <div className="lw-note-tools">
      {noteColours.map((colour) => (
        <button
          key={colour}
          type="button"
          className="lw-note-colour"
          data-colour={colour}
          aria-label={t(`drawing.colour.${colour}`)}
          aria-pressed={note.colour === colour}
          onClick={() => edit((flow) => changeNote(flow, note.id, { colour }))}
        />
      ))}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t("drawing.removeNote")}
        onClick={() => edit((flow) => removeNotes(flow, [note.id]), { select: [] })}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </div>
  );
}
