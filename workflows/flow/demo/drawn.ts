import { step, type Deed } from "../drawing/steps.js";
import type { ConditionRow } from "../parts.js";
import type { DraftNode, Edge, NodeType } from "../schema.js";

/** Short forms for flows that are placed by hand, and the words that the demo flows share. */

export interface DemoConnections {
  readonly slack: string;
  readonly jira: string;
  readonly salesforce: string;
}

interface Place {
  readonly title: string;
  readonly column: number;
  readonly row: number;
}

const COLUMN = 320;
const ROW = 160;

export const node = (
  id: string,
  type: NodeType,
  { title, column, row }: Place,
  config: Readonly<Record<string, unknown>>,
): DraftNode => ({ ...step(id, type, title, config), position: { x: column * COLUMN, y: row * ROW } });

export const deed = (id: string, place: Place, config: Deed): DraftNode => node(id, "action", place, { ...config });

export const lead = (from: string, output: string, ...to: readonly string[]): Edge[] =>
  to.map((target) => ({ from, output, to: target }));

const below6: ConditionRow = { field: "feedback.score", operator: "lessThan", value: 6 };
const keyAccount: ConditionRow = { field: "account.tier", operator: "equals", value: "key" };

/** The condition stands in the trigger: an answer that does not meet it starts no run. */
const whenNps = (title: string, ...rows: ConditionRow[]): DraftNode =>
  node("feedback", "trigger", { title, column: 0, row: 1 }, { metrics: ["nps"], when: { match: "all", rows } });

export const whenUnhappy = whenNps("NPS below 6", below6);
export const whenKeyUnhappy = whenNps("Key account, NPS below 6", below6, keyAccount);

/** Feedback may come from nobody known, and without a word; the flows go on all the same. */
export const text = {
  name: '{{ contact.name | default: "A customer" }}',
  email: '{{ contact.email | default: "" }}',
  phone: '{{ contact.phone | default: "" }}',
  account: '{{ account.name | default: "a key account" }}',
  comment: '{{ feedback.comment | default: "No comment." }}',
  headline: '{{ feedback.comment | default: "no comment" | strip_newlines | truncate: 120 }}',
} as const;
