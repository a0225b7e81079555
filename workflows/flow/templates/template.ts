import type { FlowDraft } from "../schema.js";
import type { Language } from "../sentence.js";

export const systems = ["slack", "jira", "salesforce"] as const;
export type System = (typeof systems)[number];

export const templateMetrics = ["nps", "csat", "ces", "stars"] as const;
export type TemplateMetric = (typeof templateMetrics)[number];

/** What a template is drawn with. */
export interface TemplateHouse {
  readonly language: Language;
  /** By system; the steps of one that is missing are drawn without a connection, for their author to choose. */
  readonly connections: Readonly<Partial<Record<System, string>>>;
  /** Which sources it listens to; empty: all. */
  readonly sources: readonly string[];
  /** IANA, for waits until a time of day. */
  readonly zone: string;
}

/** What the gallery says of a template. */
export interface TemplateWords {
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Why the practice works. */
  readonly rationale: string;
  /** What tells whether it does. */
  readonly measure: string;
}

/** A practice of programmes that close the loop, as a flow that may be published as it is. */
export interface Template {
  readonly id: string;
  readonly systems: readonly System[];
  /** The kinds of feedback that start it; empty: any. */
  readonly metrics: readonly TemplateMetric[];
  readonly ofEmployees?: true;
  readonly words: Readonly<Record<Language, TemplateWords>>;
  readonly draw: (house: TemplateHouse) => FlowDraft;
}
