import type { FieldSpec, FlowContext } from "./catalogue.js";
import { compileCondition, type Judgement } from "./expression.js";
import { baseFields } from "./fields.js";
import { createGuardedList, type GuardedList } from "./guarded-list.js";
import type { Condition } from "./parts.js";
import type { NodeOf, PublishedFlow } from "./schema.js";
import { guardOf, type Guard } from "./trigger-guard.js";

export interface TriggerEntry {
  readonly flowId: string;
  readonly versionId: string;
  readonly flow: PublishedFlow;
}

export interface TriggerMatch {
  readonly matched: readonly TriggerEntry[];
  /** Could not be judged: recorded, never taken for "no". */
  readonly undecided: readonly { readonly entry: TriggerEntry; readonly message: string }[];
  readonly unmatched: number;
}

/** What triggers read: the feedback (with `sourceId` and `metric`) and the clear fields around it. */
export type FeedbackContext = Pick<FlowContext, "feedback"> & Partial<Pick<FlowContext, "contact" | "account">>;

interface Compiled {
  readonly entry: TriggerEntry;
  readonly judge: (context: Readonly<Record<string, unknown>>) => Judgement;
}

const ANY = "*";

/** All triggers of a workspace, compiled once per publication and looked up by source, metric and what their conditions demand. */
export function compileTriggers(
  entries: readonly TriggerEntry[],
  { fields = baseFields }: { readonly fields?: readonly FieldSpec[] } = {},
): { readonly match: (context: FeedbackContext) => TriggerMatch } {
  const clear = fields.filter(({ dataClass }) => dataClass === "clear");
  const index: Index = new Map();
  for (const entry of entries) addTo(index, entry, clear);
  return { match: (context) => matchAll(index, context, entries.length) };
}

type Index = Map<string, GuardedList<Compiled>>;

function addTo(index: Index, entry: TriggerEntry, fields: readonly FieldSpec[]): void {
  const trigger = entry.flow.nodes.find((node): node is NodeOf<"trigger"> => node.type === "trigger");
  if (!trigger) return;
  const { sources, metrics, when } = trigger.config;
  const { judge, guard } = judgeOf(when, fields);
  const compiled = { entry, judge };
  for (const source of sources.length > 0 ? new Set(sources) : [ANY]) {
    for (const metric of metrics.length > 0 ? new Set<string>(metrics) : [ANY]) {
      const key = keyOf(source, metric);
      const list = index.get(key) ?? createGuardedList<Compiled>();
      list.add(compiled, guard);
      index.set(key, list);
    }
  }
}

const keyOf = (source: string, metric: string): string => `${metric} ${source}`;

const ALWAYS: Judgement = { ok: true, value: true };

function judgeOf(
  when: Condition | null,
  fields: readonly FieldSpec[],
): Pick<Compiled, "judge"> & { guard: Guard | null } {
  if (!when) return { judge: () => ALWAYS, guard: null };
  const compiled = compileCondition(when, fields);
  if (compiled.ok) return { judge: compiled.test, guard: guardOf(when, fields) };
  const [problem] = compiled.problems;
  const failure = { ok: false, code: problem?.code ?? "", message: problem?.message ?? "", field: null } as const;
  return { judge: () => failure, guard: null };
}

function matchAll(index: Index, given: FeedbackContext, total: number): TriggerMatch {
  const { feedback, contact, account } = given;
  const context = { feedback, contact: contact ?? {}, account: account ?? {} };
  const [source, metric] = [String(feedback["sourceId"]), String(feedback["metric"])];
  const candidates = [keyOf(source, metric), keyOf(source, ANY), keyOf(ANY, metric), keyOf(ANY, ANY)];
  const judged = candidates
    .flatMap((key) => index.get(key)?.candidates(context) ?? [])
    .map(({ entry, judge }) => ({ entry, judgement: judge(context) }));
  const matched = judged.filter(({ judgement }) => judgement.ok && judgement.value).map(({ entry }) => entry);
  const undecided = judged.flatMap(({ entry, judgement }) =>
    judgement.ok ? [] : [{ entry, message: judgement.message }],
  );
  return { matched, undecided, unmatched: total - matched.length - undecided.length };
}
