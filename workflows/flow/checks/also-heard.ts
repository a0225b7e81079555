import type { Condition, ConditionRow } from "../parts.js";
import { problem, type Problem } from "../problem.js";
import type { NodeOf, PublishedFlow } from "../schema.js";
import { triggerOf } from "../trigger-of.js";
import { areDisjoint } from "./disjoint.js";
import { doTheSame } from "./same-deed.js";

/** A flow that starts runs now, as it was published. */
export interface LiveFlow {
  readonly name: string;
  readonly flow: PublishedFlow;
}

/**
 * Other live flows that would follow up the same answer in the same place. Both start with feedback; they share a source and a kind
 * of score ("any" shares with all); what they ask at once, in the trigger or in a condition right behind it, can be true of one
 * answer (rows that must all hold are compared, anything else is taken to hold), and one asks of no field that the other does not
 * ask of: "Germany" and "gold" meet by chance; and they do the same kind of thing (see `doTheSame`).
 */
export function alsoHeard(flow: PublishedFlow, others: readonly LiveFlow[]): Problem[] {
  const trigger = triggerOf(flow);
  if (!trigger) return [];
  return others
    .filter((other) => hearTheSame(flow, other.flow) && doTheSame(flow, other.flow))
    .map(({ name }) =>
      problem(trigger.id, null, "also_heard", {
        message: `“${name}” is live and takes up the same feedback: one answer may be followed up twice. Pause one of the two flows, or tell them apart by a condition.`,
        params: { name },
      }),
    );
}

function hearTheSame(one: PublishedFlow, other: PublishedFlow): boolean {
  const [ours, theirs] = [triggerOf(one)?.config, triggerOf(other)?.config];
  if (!ours || !theirs || ours.start || theirs.start) return false;
  return (
    share(ours.sources, theirs.sources) &&
    share(ours.metrics, theirs.metrics) &&
    askAlike(askedAtOnce(one), askedAtOnce(other))
  );
}

const askAlike = (one: readonly ConditionRow[], other: readonly ConditionRow[]): boolean =>
  (asksNoMore(one, other) || asksNoMore(other, one)) && !areDisjoint(one, other);

/** A category is a score by another name. */
const fieldOf = ({ field }: ConditionRow): string => (field === "feedback.category" ? "feedback.score" : field);

const asksNoMore = (rows: readonly ConditionRow[], others: readonly ConditionRow[]): boolean =>
  rows.every((row) => others.some((other) => fieldOf(other) === fieldOf(row)));

/** Empty: any. */
const share = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === 0 || other.length === 0 || one.some((id) => other.includes(id));

function askedAtOnce(flow: PublishedFlow): readonly ConditionRow[] {
  const trigger = triggerOf(flow);
  const gate = trigger && gateBehind(trigger.id, flow);
  return [trigger?.config.when, gate?.config.when].flatMap((when) => (when ? rowsOf(when) : []));
}

/** The condition through which all that follows the trigger goes by "yes". */
function gateBehind(triggerId: string, { nodes, edges }: PublishedFlow): NodeOf<"condition"> | undefined {
  const [only, ...others] = edges.filter(({ from }) => from === triggerId);
  const gate = nodes.find((node): node is NodeOf<"condition"> => node.type === "condition" && node.id === only?.to);
  const goesOnByNo = edges.some(({ from, output }) => from === gate?.id && output === "no");
  return others.length > 0 || goesOnByNo ? undefined : gate;
}

const rowsOf = (when: Condition): ConditionRow[] =>
  "cel" in when || (when.match === "any" && when.rows.length > 1)
    ? []
    : when.rows.flatMap((row) => ("rows" in row ? rowsOf(row) : [row]));
