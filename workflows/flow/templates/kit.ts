import { placed } from "../drawing/places.js";
import { step, ways } from "../drawing/steps.js";
import type { ConditionGroup, ConditionRow, Duration } from "../parts.js";
import { SCHEMA_VERSION, type ConfigOf, type DraftNode, type FlowDraft } from "../schema.js";
import type { System, TemplateHouse, TemplateMetric } from "./template.js";

/** The steps that templates are made of, filled in with the workspace's connections. */

type Fields = Readonly<Record<string, unknown>>;
type Trigger = Partial<ConfigOf<"trigger">> & { readonly rows: ConditionGroup["rows"] };

interface Question {
  readonly channel: string;
  readonly title: string;
  readonly text: string;
  readonly expiresAfter: Duration;
}

/** Everybody who is not an employee, whatever the sources. */
export const ofCustomers: ConditionRow = { field: "feedback.domain", operator: "equals", value: "customer" };
export const ofEmployees: ConditionRow = { field: "feedback.domain", operator: "equals", value: "employee" };
export const ofKeyAccount: ConditionRow = { field: "account.tier", operator: "equals", value: "key" };
export const scoreAtMost = (value: number): ConditionRow => ({ field: "feedback.score", operator: "atMost", value });
export const scoreAtLeast = (value: number): ConditionRow => ({ field: "feedback.score", operator: "atLeast", value });
export const commented: ConditionRow = { field: "feedback.comment", operator: "isNotEmpty", value: null };

/** By the scale of the kind that it is: NPS 0 to 6, CSAT 1 or 2. */
export const unhappy: ConditionGroup = {
  match: "any",
  rows: [ofKind("nps", 6), ofKind("csat", 2)],
};

function ofKind(metric: TemplateMetric, atMost: number): ConditionGroup {
  return { match: "all", rows: [{ field: "feedback.metric", operator: "equals", value: metric }, scoreAtMost(atMost)] };
}

export const hours = (amount: number): Duration => ({ amount, unit: "hours" });
export const days = (amount: number): Duration => ({ amount, unit: "days" });

export function kitOf({ connections, sources, zone }: TemplateHouse) {
  const act =
    (system: System, action: string) =>
    (id: string, title: string, input: Fields): DraftNode =>
      step(id, "action", title, {
        action: `${system}.${action}@1`,
        connectionId: connections[system] ?? null,
        input,
      });
  return {
    when: (title: string, { rows, ...config }: Trigger) =>
      step("feedback", "trigger", title, { ...config, sources: [...sources], when: { match: "all", rows } }),
    post: act("slack", "postMessage"),
    issue: act("jira", "createIssue"),
    commentIssue: act("jira", "commentIssue"),
    task: act("salesforce", "createTask"),
    openCase: act("salesforce", "createCase"),
    note: act("salesforce", "createNote"),
    ask: (id: string, title: string, question: Question) =>
      step(id, "approval", title, { ...question, connectionId: connections.slack ?? "", approvers: [] }),
    rest: (id: string, title: string, duration: Duration) => step(id, "wait", title, { mode: "duration", duration }),
    /** On days of the week, 1 Monday … 7 Sunday. */
    until: (id: string, title: string, time: string, on: readonly number[]): DraftNode => ({
      ...step(id, "wait", title, {}),
      config: { mode: "until", time, zone, days: [...on] },
    }),
  };
}

export const whether = (id: string, title: string, ...rows: ConditionRow[]): DraftNode =>
  step(id, "condition", title, { when: { match: "all", rows } });

interface Case {
  readonly output: string;
  readonly title: string;
  readonly rows: ConditionRow[];
}
export const either = (id: string, title: string, ...cases: readonly Case[]): DraftNode =>
  step(id, "switch", title, { cases: cases.map(({ rows, ...one }) => ({ ...one, when: { match: "all", rows } })) });

export const share = (id: string, title: string, ...shares: ConfigOf<"split">["shares"]): DraftNode =>
  step(id, "split", title, { shares });

export const set = (id: string, title: string, name: string, template: string): DraftNode =>
  step(id, "set", title, { values: [{ name, template }] });

export const meet = (id: string, title: string, mode: ConfigOf<"join">["mode"]): DraftNode =>
  step(id, "join", title, { mode });

export const end = (id: string, outcome: string): DraftNode => step(id, "end", "", { outcome });

/** The whole, placed; its ways as "from:output > to". */
export function drawn(nodes: readonly DraftNode[], edges: string): FlowDraft {
  const between = ways(edges);
  return { schemaVersion: SCHEMA_VERSION, retiredIds: [], nodes: placed(nodes, between), edges: between };
}
