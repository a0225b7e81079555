import { until } from "../../../workflows/testing/until.js";
import type { Product } from "./product.js";

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks?: readonly { readonly type: string }[];
  readonly ephemeralTo?: string;
}
interface View {
  readonly id: string;
  readonly user: string;
  readonly open: boolean;
}

export const CX = "C0CXTEAM01";
export const SUPPORT = "C0SUPPORT1";
export const PEOPLE = "C0PEOPLE01";
export const MAYA = "U0MAYALIND";
export const TOM = "U0TOMOKAFR";

export const rowsOf = <Row>({ sandbox }: Product, system: string, collection: string): Row[] =>
  (sandbox.state()[system]?.[collection] ?? []) as Row[];

export const messages = (product: Product, channel?: string): Message[] =>
  rowsOf<Message>(product, "slack", "messages").filter((one) => channel === undefined || one.channel === channel);

/** The messages that name the run. */
export const messagesOf = (product: Product, runId: string): Message[] =>
  messages(product).filter((message) => JSON.stringify(message).includes(runId));

export const openViews = (product: Product): View[] =>
  rowsOf<View>(product, "slack", "views").filter(({ open }) => open);

export const hasButtons = ({ blocks = [] }: Message): boolean => blocks.some(({ type }) => type === "actions");

/** The card that asks about the run, once it stands in Slack. */
export async function cardOf(product: Product, runId: string): Promise<Message> {
  const [card] = await until(
    () => messagesOf(product, runId).filter(hasButtons),
    (found) => found.length > 0,
  );
  if (!card) throw new Error("no card was posted");
  return card;
}

export const click = async (product: Product, { channel, ts }: Message, choice: "approve" | "reject", user: string) => {
  const { body } = await product.sandbox.act("click", { channel, ts, actionId: `approval.${choice}`, user });
  return body as { ok: boolean; status: number; error?: string };
};

/** What only this person was shown. */
export const toldTo = (product: Product, user: string): string[] =>
  messages(product).flatMap(({ ephemeralTo, text }) => (ephemeralTo === user ? [text] : []));
