import type { Duration, Operator } from "../../parts.js";

/** Ways to say one thing: the first is how lines are written, the others are understood too. */
export type Ways = readonly [string, ...string[]];

export type Metric = "nps" | "csat" | "ces" | "stars" | "text";
export type Category = "detractor" | "passive" | "promoter";

/** One language of the rule line. What is missing here in one language does not compile. */
export interface LineWords {
  readonly keywords: Readonly<Record<Keyword, Ways>>;
  readonly metrics: Readonly<Record<Metric, Ways>>;
  readonly categories: Readonly<Record<Category, Ways>>;
  readonly tests: Readonly<Record<"keyAccount" | "withComment", Ways>>;
  readonly operators: Readonly<Record<Operator, Ways>>;
  /** Short words for fields; any other field is written by its path. */
  readonly fields: Readonly<Record<string, Ways>>;
  readonly units: Readonly<Record<Duration["unit"], Ways>>;
}

export type Keyword =
  | "when"
  | "feedback"
  | "from"
  | "everyChange"
  | "and"
  | "or"
  | "if"
  | "unless"
  | "otherwise"
  | "then"
  | "wait"
  | "ask"
  | "in"
  | "via"
  | "as"
  | "for"
  | "end"
  | "stop"
  | "yes"
  | "no";
