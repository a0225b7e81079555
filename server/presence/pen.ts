/** A page that has the flow open, as the database's clock sees it. */
export interface Tab {
  readonly tabId: string;
  readonly memberId: string;
  /** It took the pen, or was given it, and nobody took it since. */
  readonly hasPen: boolean;
  /** Since its last change, in seconds. */
  readonly idle: number;
}

/** All in seconds. A page that was not heard of for so long is gone; browsers let hidden pages speak once a minute. */
export const GONE_AFTER = 75;
/** Without a change the pen is free again after this. */
export const HELD_FOR = 90;
/** Whoever changed something within this is asked about before they are taken over. */
export const ACTIVE_FOR = 60;

export const isActive = ({ idle }: Tab): boolean => idle < ACTIVE_FOR;

/** Of the pages that are still there: whose changes count. Null: whoever changes something first. */
export const holderOf = (tabs: readonly Tab[]): Tab | null =>
  tabs.find(({ hasPen, idle }) => hasPen && idle < HELD_FOR) ?? null;

/** Somebody is at work: they are taken over by a second word only. */
export const mustAsk = (holder: Tab, asked: { readonly tabId: string; readonly evenIfActive: boolean }): boolean =>
  holder.tabId !== asked.tabId && isActive(holder) && !asked.evenIfActive;

/** Who saves: a page of a member, a member by other means, or a program, whom only the revision concerns. */
export interface Writer {
  readonly kind: "member" | "token";
  readonly id: string;
  readonly tabId?: string | undefined;
}

export function mayWrite(holder: Tab, { kind, id, tabId }: Writer): boolean {
  if (kind === "token") return true;
  return tabId === undefined ? holder.memberId === id : holder.tabId === tabId;
}
