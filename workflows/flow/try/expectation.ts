import { z } from "zod";
import { canonicalJson } from "../canonical-json.js";
import type { PublishedFlow } from "../schema.js";
import type { Tried } from "./try-flow.js";

const requestSchema = z.object({
  nodeId: z.string(),
  slot: z.string(),
  action: z.string(),
  input: z.record(z.string(), z.unknown()),
});

/** What a flow test holds a draft to. */
export const expectationSchema = z.object({
  starts: z.boolean(),
  outcome: z.string().nullable(),
  /** The steps that are reached, with the way out that each takes; null where it stands still. */
  path: z.array(z.object({ nodeId: z.string(), title: z.string(), output: z.string().nullable() })),
  requests: z.array(requestSchema),
});
export type Expectation = z.infer<typeof expectationSchema>;
type Request = z.infer<typeof requestSchema>;

export const differenceSchema = z.object({
  kind: z.enum(["starts", "outcome", "reached", "notReached", "way", "sent", "notSent", "request", "notTried"]),
  /** The step that it is about, as its author calls it. */
  step: z.string().nullable(),
  /** Of a request, the field. */
  field: z.string().nullable(),
  was: z.string(),
  is: z.string(),
});
export type Difference = z.infer<typeof differenceSchema>;

export function expectationOf({ nodes }: PublishedFlow, { whyNot, view, path, effects }: Tried): Expectation {
  const titleOf = (nodeId: string): string => nodes.find(({ id }) => id === nodeId)?.title ?? "";
  return {
    starts: whyNot === null,
    outcome: view.outcome,
    path: path.map((nodeId) => ({
      nodeId,
      title: titleOf(nodeId) || nodeId,
      output: view.steps[nodeId]?.output ?? null,
    })),
    requests: effects.map(({ nodeId, slot, action, input }) => ({ nodeId, slot, action, input: { ...input } })),
  };
}

/** What is not as it was, in the order of the flow; none: the test holds. */
export function differencesBetween(was: Expectation, is: Expectation): Difference[] {
  if (was.starts !== is.starts) return [about("starts", null, { was: String(was.starts), is: String(is.starts) })];
  const titles = new Map([...was.path, ...is.path].map(({ nodeId, title }) => [nodeId, title]));
  const step = (nodeId: string): string => titles.get(nodeId) ?? nodeId;
  const missing = was.path.filter(({ nodeId }) => !is.path.some((one) => one.nodeId === nodeId));
  const added = is.path.filter(({ nodeId }) => !was.path.some((one) => one.nodeId === nodeId));
  return [
    ...missing.map(({ title }) => about("notReached", title)),
    ...added.map(({ title }) => about("reached", title)),
    ...waysBetween(was, is),
    ...requestsBetween(was, is, step),
    ...(was.outcome === is.outcome ? [] : [about("outcome", null, { was: was.outcome ?? "", is: is.outcome ?? "" })]),
  ];
}

const about = (
  kind: Difference["kind"],
  step: string | null,
  { field = null, was = "", is = "" }: Partial<Pick<Difference, "field" | "was" | "is">> = {},
): Difference => ({ kind, step, field, was, is });

const waysBetween = (was: Expectation, is: Expectation): Difference[] =>
  was.path.flatMap((before) => {
    const now = is.path.find(({ nodeId }) => nodeId === before.nodeId);
    if (!now || now.output === before.output) return [];
    return [about("way", now.title, { was: before.output ?? "", is: now.output ?? "" })];
  });

const isSame = (one: Request) => (other: Request) => one.nodeId === other.nodeId && one.slot === other.slot;

const requestsBetween = (was: Expectation, is: Expectation, step: (nodeId: string) => string): Difference[] => [
  ...was.requests.flatMap((before) => {
    const now = is.requests.find(isSame(before));
    return now ? inputsBetween(before, now, step(before.nodeId)) : [about("notSent", step(before.nodeId))];
  }),
  ...is.requests.filter((now) => !was.requests.some(isSame(now))).map(({ nodeId }) => about("sent", step(nodeId))),
];

function inputsBetween(was: Request, is: Request, step: string): Difference[] {
  if (was.action !== is.action) return [about("request", step, { field: "action", was: was.action, is: is.action })];
  const fields = [...new Set([...Object.keys(was.input), ...Object.keys(is.input)])];
  return fields
    .map((field) => ({ field, was: shown(was.input[field]), is: shown(is.input[field]) }))
    .filter((one) => one.was !== one.is)
    .map((one) => about("request", step, one));
}

/** Whatever order its parts were stored in. */
const shown = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : canonicalJson(value);
};

/** The event itself cannot be tried any more: why stands in `is`, as the refusal words it. */
export const notTried = (why: string): Difference => about("notTried", null, { is: why });

/** For the command line and for programs; pages have words of their own. */
export function differenceSentence({ kind, step, field, was, is }: Difference): string {
  const name = `Step ${step ?? ""}`;
  const sentences: Readonly<Record<Difference["kind"], string>> = {
    starts: is === "true" ? "The flow starts, and did not before." : "The flow does not start any more.",
    outcome: `The end was “${was}”, is “${is}”.`,
    reached: `${name} is reached, and was not before.`,
    notReached: `${name} is not reached any more.`,
    way: `${name} left by ${was || "no way"}, leaves by ${is || "no way"}.`,
    sent: `${name} sends something, and did not before.`,
    notSent: `${name} sends nothing any more.`,
    notTried: `The test could not be run: ${is}`,
    request: `${name}: ${field ?? ""} was “${was}”, is “${is}”.`,
  };
  return sentences[kind];
}
