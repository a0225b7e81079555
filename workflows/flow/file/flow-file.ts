import { z } from "zod";
import { idSchema } from "../parts.js";
import { draftNodeSchema, flowDraftSchema, nodeTypeSchema, type Edge } from "../schema.js";

/**
 * A flow as a file that people read, review and keep: steps by their ids in the order in which they run, connections and sources by
 * name, nothing of the installation that it came from.
 */
export const FILE_SCHEMA = 1;

/** Written in a way of its own; whatever else a step or a draft holds stands beside it under its own name. */
const OWN_OF_STEP: readonly string[] = ["id", "position"];
const OWN_OF_DRAFT: readonly string[] = ["schemaVersion", "retiredIds", "nodes", "edges"];

const others = (shape: object, own: readonly string[]) => Object.keys(shape).filter((name) => !own.includes(name));
const drawn = ["type", "title", "config"];
export const besidesOfStep = others(draftNodeSchema.shape, [...OWN_OF_STEP, ...drawn]);
export const besidesOfDraft = others(flowDraftSchema.shape, OWN_OF_DRAFT);

const leadsTo = z.array(idSchema).max(5000);

const {
  id: _id,
  position: _position,
  type: _type,
  title: _title,
  config: _config,
  ...stepExtras
} = draftNodeSchema.shape;
const { schemaVersion: _v, retiredIds: _r, nodes: _n, edges: _e, ...draftExtras } = flowDraftSchema.shape;

const fileStepSchema = z.strictObject({
  type: nodeTypeSchema,
  title: z.string().max(120).default(""),
  /** x and y on the canvas; without it, it is given a place. */
  at: z.tuple([z.number(), z.number()]).optional(),
  ...stepExtras,
  config: z.record(z.string(), z.unknown()).default({}),
  /** Where the usual way out leads. */
  next: leadsTo.optional(),
  /** Where the others lead, by their names. */
  on: z.record(idSchema, leadsTo).optional(),
});
export type FileStep = z.infer<typeof fileStepSchema>;

export const flowFileSchema = z.strictObject({
  schema: z.literal(FILE_SCHEMA),
  flow: z.string().trim().min(1).max(120),
  steps: z.record(idSchema, fileStepSchema),
  ...draftExtras,
  /** Ids of steps that are gone, and are not given again. */
  retired: z.array(idSchema).optional(),
});
export type FlowFile = z.infer<typeof flowFileSchema>;

/** The ways that a step says. */
export function edgesOf(from: string, { next = [], on = {} }: Pick<FileStep, "next" | "on">): Edge[] {
  const ways = [["next", next] as const, ...Object.entries(on)];
  return ways.flatMap(([output, targets]) => targets.map((to) => ({ from, output, to })));
}
