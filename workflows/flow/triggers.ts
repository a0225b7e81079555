import type { FlowContext } from "./catalogue.js";
import { compileCondition, type Judgement } from "./expression.js";
import { baseFields } from "./fields.js";
import { compileKey, type KeyContext, type KeyReading } from "./compile-key.js";
import { createGuardedList, type GuardedList } from "./guarded-list.js";
import type { Condition } from "./parts.js";
import type { Purpose } from "./purpose.js";
import type { PublishedFlow } from "./schema.js";
import { judgedBy } from "./judged-by.js";
import { guardOf, type Guard } from "./trigger-guard.js";
import { triggerOf } from "./trigger-of.js";
import { readPath } from "./values.js";

export interface TriggerEntry {
  readonly flowId: string;
  readonly versionId: string;
  readonly flow: PublishedFlow;
}

/** A flow that is to start. */
export interface Matched extends TriggerEntry {
  /** For each later revision too, not for the first that matches alone. */
  readonly onEveryChange: boolean;
  readonly purpose: Purpose;
  /** What its runs are taken one at a time by: null where nothing does. */
  readonly key: string | null;
}

export interface Undecided {
  readonly entry: TriggerEntry;
  /** What of the trigger it was that could not be judged. */
  readonly part: "condition" | "key";
  readonly message: string;
}

export interface TriggerMatch {
  readonly matched: readonly Matched[];
  /** Could not be judged: recorded, never taken for "no". */
  readonly undecided: readonly Undecided[];
}

/** What triggers read: the feedback (with `sourceId` and `metric`), the clear fields around it, and whom it is about. */
export type FeedbackContext = Pick<FlowContext, "feedback"> &
  Partial<Pick<FlowContext, "contact" | "account">> &
  Partial<Pick<KeyContext, "contactId" | "accountId">>;

interface Compiled {
  readonly entry: TriggerEntry;
  readonly onEveryChange: boolean;
  readonly purpose: Purpose;
  readonly judge: (context: Readonly<Record<string, unknown>>) => Judgement;
  /** Null where the flow has no key: then nothing of it is looked at. */
  readonly readKey: ((context: KeyContext) => KeyReading) | null;
}

const ANY = "*";
const clearFields = baseFields.filter(({ dataClass }) => dataClass === "clear");

/** All triggers of a workspace, compiled once per publication and looked up by source, metric and what their conditions demand. */
export function compileTriggers(entries: readonly TriggerEntry[]): {
  readonly match: (context: FeedbackContext) => TriggerMatch;
} {
  const index: Index = new Map();
  for (const entry of entries) addTo(index, entry);
  return { match: (context) => matchAll(index, context) };
}

type Index = Map<string, GuardedList<Compiled>>;

function addTo(index: Index, entry: TriggerEntry): void {
  const trigger = triggerOf(entry.flow);
  if (!trigger || trigger.config.start) return;
  const { sources, metrics, when, on, key: flowKey, purpose = "service" } = trigger.config;
  const { judge, guard } = judgeOf(when);
  const readKey = flowKey ? compileKey(flowKey, clearFields) : null;
  const compiled = { entry, onEveryChange: on === "everyChange", purpose, judge, readKey };
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

function judgeOf(when: Condition | null): Pick<Compiled, "judge"> & { guard: Guard | null } {
  if (!when) return { judge: () => ALWAYS, guard: null };
  const compiled = compileCondition(when, clearFields);
  if (compiled.ok) return { judge: compiled.test, guard: guardOf(when, clearFields) };
  const [problem] = compiled.problems;
  const failure = { ok: false, code: problem?.code ?? "", message: problem?.message ?? "", field: null } as const;
  return { judge: () => failure, guard: null };
}

function matchAll(index: Index, given: FeedbackContext): TriggerMatch {
  const { feedback, contact = null, account = null, contactId = null, accountId = null } = given;
  const fields = fieldsOf({ feedback, contact, account });
  const told = fieldsOf(judgedBy({ feedback, contact, account }));
  const [source, metric] = [String(feedback["sourceId"]), String(feedback["metric"])];
  const candidates = [keyOf(source, metric), keyOf(source, ANY), keyOf(ANY, metric), keyOf(ANY, ANY)];
  const judged = candidates
    .flatMap((key) => index.get(key)?.candidates(told) ?? [])
    .map((compiled) => ({ ...compiled, start: startOf(compiled, told, { fields, contactId, accountId }) }));
  return {
    matched: judged.flatMap(({ entry, onEveryChange, purpose, start }) =>
      start.ok && start.value ? [{ ...entry, onEveryChange, purpose, key: start.key }] : [],
    ),
    undecided: judged.flatMap(({ entry, start }) => (start.ok ? [] : [{ entry, ...start.undecided }])),
  };
}

const fieldsOf = ({ feedback, contact, account }: Pick<FlowContext, "feedback" | "contact" | "account">): Fields => ({
  feedback,
  contact: contact ?? {},
  account: account ?? {},
});

type Fields = Readonly<Record<string, unknown>>;
type Start =
  | { readonly ok: true; readonly value: boolean; readonly key: string | null }
  | { readonly ok: false; readonly undecided: Omit<Undecided, "entry"> };

/** A key that cannot be read is never "no key": whoever may have to wait must not run ahead. */
function startOf({ judge, readKey }: Compiled, told: Fields, context: KeyContext): Start {
  const judgement = judge(told);
  if (!judgement.ok) return { ok: false, undecided: { part: "condition", message: judgement.message } };
  if (!judgement.value || !readKey) return { ...judgement, key: null };
  const reading = readKey(context);
  if (!reading.ok) return { ok: false, undecided: { part: "key", message: reading.message } };
  return { ok: true, value: true, key: reading.value && apart(reading.value, context) };
}

/** Runs of employees have a queue of their own: a customer's run that waits for one would tell whose it is. */
const apart = (key: string, { fields }: KeyContext): string =>
  readPath(fields, "feedback.domain") === "employee" ? `employee ${key}` : key;
