import { z } from "zod";
import { flowDraftSchema } from "../../workflows/flow/schema.js";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import type { KeptDraft } from "./autosave.js";

const keptSchema = z.object({ draft: flowDraftSchema, revision: z.number().int() });
const keyOf = (flowId: string) => `loopwright.draft.${flowId}`;

export const readKept = (storage: Pick<Storage, "getItem">, flowId: string): KeptDraft | null =>
  readFrom(storage, keyOf(flowId));

function readFrom(storage: Pick<Storage, "getItem">, key: string): KeptDraft | null {
  const text = storage.getItem(key);
  if (text === null) return null;
  try {
    return keptSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function keepDraft(storage: Pick<Storage, "setItem">, flowId: string, kept: KeptDraft): void {
  storage.setItem(keyOf(flowId), JSON.stringify(kept));
}

export function forgetDraft(storage: Pick<Storage, "removeItem">, flowId: string): void {
  storage.removeItem(keyOf(flowId));
}

const asideOf = (flowId: string) => `loopwright.aside.${flowId}`;

/** What was not saved when somebody else took over. Apart from what is kept: another tab of this browser may keep something, too. */
export function putAside(storage: Pick<Storage, "setItem">, flowId: string, kept: KeptDraft): void {
  storage.setItem(asideOf(flowId), JSON.stringify(kept));
}

export const hasAside = (storage: Pick<Storage, "getItem">, flowId: string): boolean =>
  storage.getItem(asideOf(flowId)) !== null;

/** What is kept; else what was put aside, which is kept from then on. */
export function takeUp(storage: Storage, flowId: string): KeptDraft | null {
  const kept = readKept(storage, flowId);
  if (kept) return kept;
  const aside = readFrom(storage, asideOf(flowId));
  if (aside) keepDraft(storage, flowId, aside);
  storage.removeItem(asideOf(flowId));
  return aside;
}

export type Opening =
  | { readonly kind: "server" }
  /** What was kept builds on the very revision that the server has: it simply was not sent yet. */
  | { readonly kind: "kept"; readonly draft: FlowDraft }
  /** Someone saved after it: a person chooses. */
  | { readonly kind: "conflict"; readonly draft: FlowDraft };

export function openingOf(kept: KeptDraft | null, server: { draft: FlowDraft; draftRevision: number }): Opening {
  if (!kept || isSameJson(kept.draft, server.draft)) return { kind: "server" };
  return { kind: kept.revision === server.draftRevision ? "kept" : "conflict", draft: kept.draft };
}
