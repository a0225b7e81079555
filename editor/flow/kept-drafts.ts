import { z } from "zod";
import { edgeSchema, draftNodeSchema, flowDraftSchema } from "../../workflows/flow/draft-schema.js";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import { groupSchema, noteSchema } from "../../workflows/flow/notes.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";

/** What can be drawn. How much of it there may be is the server's word, which a person reads while the draft is before them. */
const drawableSchema = flowDraftSchema.extend({
  nodes: z.array(draftNodeSchema.extend({ title: z.string(), comment: z.string().optional() })),
  edges: z.array(edgeSchema),
  notes: z.array(noteSchema.extend({ text: z.string() })).optional(),
  groups: z.array(groupSchema.extend({ title: z.string(), nodeIds: z.array(z.string()) })).optional(),
});

const keptSchema = z.object({ draft: drawableSchema, revision: z.number().int() });
/** A draft that the server has not confirmed, kept in the browser together with the revision that it builds on. */
export type KeptDraft = Readonly<z.infer<typeof keptSchema>>;

/** With the time, in milliseconds; older pages did not write it. */
const storedSchema = keptSchema.extend({ at: z.number().default(0) });

/** Of one page, by its id: tabs of one browser keep what is theirs side by side. */
export interface KeptDrafts {
  readonly keep: (kept: KeptDraft) => void;
  readonly forget: () => void;
  /** Left to whoever edits the flow next in this browser. Nothing that was put aside before is replaced. */
  readonly putAside: (kept: KeptDraft) => void;
  readonly hasAside: () => boolean;
  /** What this page keeps; else the newest that was left by any page, which is this page's from then on. Others stay for later. */
  readonly takeUp: () => KeptDraft | null;
  /** Whether something lies here that cannot be read. It is never touched: a newer version may have written it. */
  readonly hasUnread: () => boolean;
}

interface Place {
  readonly flowId: string;
  readonly tabId: string;
}

export function createKeptDrafts(storage: Storage, { flowId, tabId }: Place, now: () => number = Date.now): KeptDrafts {
  const [drafts, asides] = [`loopwright.draft.${flowId}`, `loopwright.aside.${flowId}`];
  const own = `${drafts}.${tabId}`;
  const write = (key: string, kept: KeptDraft) => storage.setItem(key, JSON.stringify({ ...kept, at: now() }));
  const keysOf = (...families: readonly string[]) =>
    // Older pages had one key for all tabs: the family's name alone.
    keysIn(storage).filter((key) => families.some((family) => key === family || key.startsWith(`${family}.`)));
  return {
    keep: (kept) => write(own, kept),
    forget: () => storage.removeItem(own),
    putAside: (kept) => write(`${asides}.${tabId}.${String(now())}`, kept),
    hasAside: () => keysOf(asides).length > 0,
    takeUp: () => {
      const mine = read(storage, own);
      if (mine) return mine.kept;
      const left = keysOf(drafts, asides).flatMap((key) => read(storage, key) ?? []);
      const newest = left.reduce<Stored | null>((best, one) => (best && best.at >= one.at ? best : one), null);
      if (newest) move(storage, newest, own);
      return newest?.kept ?? null;
    },
    hasUnread: () => keysOf(drafts, asides).some((key) => read(storage, key) === null),
  };
}

interface Stored {
  readonly key: string;
  readonly at: number;
  readonly kept: KeptDraft;
}

const keysIn = (storage: Storage): string[] =>
  Array.from({ length: storage.length }, (_, place) => storage.key(place) ?? "");

function read(storage: Storage, key: string): Stored | null {
  try {
    const { at, ...kept } = storedSchema.parse(JSON.parse(storage.getItem(key) ?? ""));
    return { key, at, kept };
  } catch {
    return null;
  }
}

function move(storage: Storage, { key, at, kept }: Stored, to: string): void {
  try {
    storage.setItem(to, JSON.stringify({ ...kept, at }));
    storage.removeItem(key);
  } catch {
    // No room for two: it stays where it is, and is taken up once more.
  }
}

interface Opening extends KeptDraft {
  /** It is not on the server yet. On another revision than the server's, somebody saved after it, and a person chooses. */
  readonly isUnsaved: boolean;
}

interface Saved {
  readonly draft: FlowDraft;
  readonly draftRevision: number;
}

export const openingOf = (kept: KeptDraft | null, { draft, draftRevision }: Saved): Opening =>
  !kept || isSameJson(kept.draft, draft)
    ? { draft, revision: draftRevision, isUnsaved: false }
    : { draft: kept.draft, revision: kept.revision, isUnsaved: true };
