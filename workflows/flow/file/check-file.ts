import { z } from "zod";
import { topologicalOrder } from "../graph.js";
import { groupBy } from "../group-by.js";
import { MAX_EDGES, MAX_NODES, type Edge } from "../schema.js";
import { edgesOf, FILE_SCHEMA, flowFileSchema, type FlowFile } from "./flow-file.js";

/** Why a file is not taken, and where in it; `code` and `params` translate. */
export interface FileProblem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export type CheckedFile =
  { readonly ok: true; readonly file: FlowFile } | { readonly ok: false; readonly problems: readonly FileProblem[] };

const problem = (
  path: FileProblem["path"],
  code: string,
  message: string,
  params: FileProblem["params"] = {},
): FileProblem => ({ path, code, message, params });

/** Reads what a file holds, or says everything that keeps it from being taken. */
export function checkFile(given: unknown): CheckedFile {
  const early = [...schemaProblems(given), ...tooManySteps(given), ...tooManyWays(given)];
  if (early.length > 0) return { ok: false, problems: early };
  const read = flowFileSchema.safeParse(given);
  if (!read.success) return { ok: false, problems: read.error.issues.flatMap(issueProblems) };
  const problems = [...looseWays(read.data), ...cycles(read.data)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, file: read.data };
}

const headSchema = z.looseObject({ schema: z.number().optional(), steps: z.unknown().optional() });

/** Before anything else: a newer file may look in ways that this version knows nothing of. */
function schemaProblems(given: unknown): FileProblem[] {
  const { data } = headSchema.safeParse(given);
  const { schema } = data ?? {};
  if (schema === undefined)
    return [problem([], "no_schema", `This is no flow file: it does not begin with “schema: ${FILE_SCHEMA}”.`)];
  if (schema === FILE_SCHEMA) return [];
  const params = { schema, known: FILE_SCHEMA };
  return [
    problem(
      ["schema"],
      "newer_schema",
      `This file has schema ${schema}, and this Loopwright reads schema ${FILE_SCHEMA}. Bring Loopwright up to date, and import it then.`,
      params,
    ),
  ];
}

function tooManySteps(given: unknown): FileProblem[] {
  const steps = headSchema.safeParse(given).data?.steps;
  const count = typeof steps === "object" && steps !== null ? Object.keys(steps).length : 0;
  if (count <= MAX_NODES) return [];
  return [
    problem(
      ["steps"],
      "too_many_steps",
      `This flow has ${count} steps, and a flow has at most ${MAX_NODES}. Make two flows of it.`,
      { count, max: MAX_NODES },
    ),
  ];
}

const waysSchema = z.looseObject({ next: z.unknown().optional(), on: z.unknown().optional() });
const listsSchema = z.record(z.string(), z.unknown());
const amount = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** Counted as they are written: a draft that holds more could not be read again. */
function tooManyWays(given: unknown): FileProblem[] {
  const steps = listsSchema.safeParse(headSchema.safeParse(given).data?.steps).data ?? {};
  const count = Object.values(steps).reduce<number>((sum, step) => {
    const { next, on } = waysSchema.safeParse(step).data ?? {};
    const lists = [next, ...Object.values(listsSchema.safeParse(on).data ?? {})];
    return lists.reduce<number>((all, list) => all + amount(list), sum);
  }, 0);
  if (count <= MAX_EDGES) return [];
  return [
    problem(
      ["steps"],
      "too_many_ways",
      `The steps of this flow lead on in ${count} ways, and those of a flow lead on in at most ${MAX_EDGES}. Make two flows of it.`,
      { count, max: MAX_EDGES },
    ),
  ];
}

function issueProblems({ path, message, ...issue }: z.core.$ZodIssue): FileProblem[] {
  const at = path.filter((part) => typeof part !== "symbol");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) =>
      problem([...at, key], "unknown_word", `“${key}” means nothing here. Is it a slip of the pen?`, { key }),
    );
  const where = at.join(".");
  return [problem(at, "wrong_shape", `“${where}” is not as it should be: ${message}.`, { where, reason: message })];
}

function looseWays({ steps }: FlowFile): FileProblem[] {
  return Object.entries(steps).flatMap(([from, step]) =>
    edgesOf(from, step)
      .filter(({ to }) => !Object.hasOwn(steps, to))
      .map(({ output, to }) =>
        problem(
          ["steps", from, ...(output === "next" ? ["next"] : ["on", output])],
          "unknown_step",
          `“${from}” leads to “${to}”, which is not in this file.`,
          { from, to },
        ),
      ),
  );
}

function cycles({ steps }: FlowFile): FileProblem[] {
  const edges = Object.entries(steps).flatMap(([id, step]) => edgesOf(id, step));
  const nodes = Object.keys(steps).map((id) => ({ id }));
  const inOrder = new Set(topologicalOrder({ nodes, edges }));
  const outOf = groupBy(edges, ({ from }) => from);
  const first = firstOf(nodes, ({ id }) => (inOrder.has(id) ? undefined : wayBack(id, outOf)));
  if (!first) return [];
  const [from = ""] = first;
  const way = first.join(" → ");
  return [
    problem(["steps", from], "cycle", `These steps lead back to where they began: ${way}. Runs only go forward.`, {
      way,
    }),
  ];
}

/** What is found at the first item where anything is; those after it are not looked at. */
function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The shortest way from a step back to itself; undefined where there is none. */
function wayBack(start: string, outOf: ReadonlyMap<string, readonly Edge[]>): readonly string[] | undefined {
  const open: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (let way = open.shift(); way; way = open.shift()) {
    const at = way.at(-1) ?? start;
    for (const { to } of outOf.get(at) ?? []) {
      if (to === start) return [...way, to];
      if (!seen.has(to)) open.push([...way, to]);
      seen.add(to);
    }
  }
  return undefined;
}
