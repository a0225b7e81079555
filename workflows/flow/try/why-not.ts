import type { FlowContext } from "../catalogue.js";
import type { Condition } from "../parts.js";
import type { PublishedFlow } from "../schema.js";
import type { Start } from "../start.js";
import { triggerOf } from "../trigger-of.js";
import { compileTriggers } from "../triggers.js";
import { judgedBy } from "../judged-by.js";
import { readPath } from "../values.js";
import { pathsIn } from "./paths-in.js";

/** What keeps an event from starting a flow: the first thing of its trigger that does not fit. */
export type WhyNot =
  /** What starts the flow in place of feedback. */
  | { readonly kind: "started"; readonly by: Start["kind"] }
  | { readonly kind: "source"; readonly sources: string[] }
  | { readonly kind: "metric"; readonly metrics: string[] }
  | {
      readonly kind: "condition";
      readonly when: Condition;
      /** What it looked at, by path; null is missing. */
      readonly read: Record<string, unknown>;
    }
  | { readonly kind: "undecided"; readonly part: "condition" | "key"; readonly message: string };

/** Null where the event starts the flow. Judged by the same triggers, and by the same fields, as what comes in. */
export function whyNotStarted(flow: PublishedFlow, context: FlowContext): WhyNot | null {
  const start = triggerOf(flow)?.config.start;
  if (start) return context.start ? null : { kind: "started", by: start.kind };
  const { comment: _, ...feedback } = context.feedback;
  const { name: __, ...account } = context.account ?? {};
  const given = { feedback, contact: null, account };
  const { matched, undecided } = compileTriggers([{ flowId: "tried", versionId: "tried", flow }]).match(given);
  const [unclear] = undecided;
  if (unclear) return { kind: "undecided", part: unclear.part, message: unclear.message };
  if (matched.length > 0) return null;
  return misfit(flow, { ...context, ...given });
}

function misfit(flow: PublishedFlow, context: FlowContext): WhyNot | null {
  const config = triggerOf(flow)?.config;
  if (!config) return null;
  const { sources, metrics, when } = config;
  const { sourceId, metric } = context.feedback;
  if (sources.length > 0 && !sources.includes(String(sourceId))) return { kind: "source", sources };
  if (metrics.length > 0 && !metrics.some((one) => one === metric)) return { kind: "metric", metrics };
  if (!when) return null;
  const told = { ...judgedBy(context) };
  const read = pathsIn(when).map((path) => [path, readPath(told, path) ?? null] as const);
  return { kind: "condition", when, read: Object.fromEntries(read) };
}
